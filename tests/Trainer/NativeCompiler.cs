namespace Granary.Trainer.Tests;

/// <summary>The C++ compiler of this machine, for the small libraries that some tests load. The product needs none.</summary>
internal static class NativeCompiler
{
    /// <summary>Its path; null: there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "c++", "g++", "clang++" }.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs it is skipped; null where there is one.</summary>
    public static string? Missing => Path is null ? "no C++ compiler (c++, g++ or clang++) is in the PATH to build the library that this test loads" : null;
}
