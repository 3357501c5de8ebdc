namespace Granary.Specs;

/// <summary>A sweep file as read: a spec, or every mistake in it.</summary>
/// <param name="Spec">The spec; null when there is a problem.</param>
/// <param name="Problems">The mistakes, in the file's order.</param>
public sealed record SweepFileResult(SweepSpec? Spec, IReadOnlyList<SweepFileProblem> Problems);
