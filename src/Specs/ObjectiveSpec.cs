namespace Granary.Specs;

/// <summary>What a trial is judged by: its best epoch's value of one metric.</summary>
/// <param name="Metric">A metric of an epoch report: <c>valid-accuracy</c>, <c>valid-loss</c>, <c>train-accuracy</c> or <c>train-loss</c>.</param>
/// <param name="Maximize">true: greater is better.</param>
public sealed record ObjectiveSpec(string Metric, bool Maximize);
