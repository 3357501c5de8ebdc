namespace Granary.Specs.Settings;

/// <summary>The settings of a run while they are being put together: the file's, then the overrides', then the trial's own.</summary>
internal sealed record RunDraft(ModelSpec Model, DataSpec Data, TrainSpec Train, ParallelSpec Parallel, ResourcesSpec Resources)
{
    public static RunDraft Defaults { get; } =
        new(new ModelSpec(), new DataSpec { Set = "fashion-mnist" }, new TrainSpec(), new ParallelSpec(), new ResourcesSpec());
}
