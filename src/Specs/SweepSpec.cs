namespace Granary.Specs;

/// <summary>A sweep file, read and validated: what to train, over which space, judged how, on which devices.</summary>
/// <param name="Name">The sweep's name: 1 to 60 characters of <c>a-z 0-9 -</c>.</param>
/// <param name="Model">The network that every trial starts from.</param>
/// <param name="Data">The data set and how it is fed.</param>
/// <param name="Train">The training options that every trial starts from.</param>
/// <param name="Search">How points of the space are chosen and judged.</param>
/// <param name="Parallel">How the ranks of a trial train together.</param>
/// <param name="Resources">What each trial runs on.</param>
/// <param name="Overrides">Settings that apply to matching trials only, in the file's order; later ones win.</param>
public sealed record SweepSpec(
    string Name,
    ModelSpec Model,
    DataSpec Data,
    TrainSpec Train,
    SearchSpec Search,
    ParallelSpec Parallel,
    ResourcesSpec Resources,
    IReadOnlyList<OverrideSpec> Overrides);
