namespace Granary.Specs;

/// <summary>One mistake in a sweep file, or in a setting given beside it.</summary>
/// <param name="File">The file's name, or the setting as it was given.</param>
/// <param name="Line">From 1; 0 in a setting.</param>
/// <param name="Column">From 1; 0 in a setting.</param>
/// <param name="Message">What is wrong, what was expected, and what to write instead.</param>
public sealed record SweepFileProblem(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, as compilers write it; <c>setting: message</c> for a setting.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
