namespace Granary.Silo.Storage;

/// <summary>A file of the state folder cannot be used: names the file, what is wrong and what to do.</summary>
internal sealed class StateFileException(string path, string problem, string remedy, Exception? inner = null)
    : Exception($"{path} {problem} {remedy}", inner);
