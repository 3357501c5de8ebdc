namespace Granary.Specs;

/// <summary>One run of a sweep file as read: a run, or every mistake in the file and in the settings given beside it.</summary>
/// <param name="Name">The file's name for it: 1 to 60 characters of <c>a-z 0-9 -</c>; empty when there is a problem.</param>
/// <param name="Run">The run; null when there is a problem.</param>
/// <param name="Problems">The mistakes: the file's in its order, then the settings'.</param>
public sealed record RunFileResult(string Name, RunSpec? Run, IReadOnlyList<SweepFileProblem> Problems);
