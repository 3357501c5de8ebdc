using YamlDotNet.Core;

namespace Granary.Specs.Reading;

/// <summary>Collects the mistakes of one file.</summary>
internal sealed class Problems(string file)
{
    // A file of nonsense is told of its first mistakes, not of thousands.
    private const int Most = 50;

    private readonly List<SweepFileProblem> _found = [];
    private readonly List<SweepFileProblem> _besideTheFile = [];

    public bool Any => _found.Count + _besideTheFile.Count > 0;

    /// <summary>The file's in its order, then those of settings given beside it.</summary>
    public IReadOnlyList<SweepFileProblem> Found => [.. _found.OrderBy(problem => (problem.Line, problem.Column)), .. _besideTheFile];

    public void Add(Mark place, string message)
    {
        if (_found.Count < Most)
        {
            _found.Add(new SweepFileProblem(file, (int)place.Line, (int)place.Column, message));
        }
    }

    /// <summary>A mistake in a setting given beside the file.</summary>
    public void Add(string setting, string message) => _besideTheFile.Add(new SweepFileProblem($"--set {setting}", 0, 0, message));
}
