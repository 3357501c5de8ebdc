namespace Granary.Specs;

/// <summary>Settings of one run that do not go together.</summary>
/// <param name="Section">The section of the file that holds one of them: <c>model</c>, <c>data</c>, <c>train</c> or <c>parallel</c>.</param>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record RunProblem(string Section, string Message);
