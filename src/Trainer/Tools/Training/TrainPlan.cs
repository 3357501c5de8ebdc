using Granary.Specs;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>One run on this machine.</summary>
/// <param name="Run">The run.</param>
/// <param name="Device">What each rank computes on.</param>
/// <param name="Folder">Where its files are.</param>
internal sealed record TrainPlan(RunSpec Run, DeviceChoice Device, RunFolder Folder)
{
    /// <summary>What CUDA_VISIBLE_DEVICES of each rank is, rank 0 first, an entry for each; null where it stays as it is.</summary>
    public IReadOnlyList<string?> Gpus { get; init; } = [null];

    /// <summary>Ranks; more than one are processes of their own.</summary>
    public int Ranks => Gpus.Count;

    /// <summary>Go on from the folder's newest checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>The command that goes on with the run, for messages.</summary>
    public string GoOn { get; init; } = "";

    /// <summary>Where the timeline goes; null: there is none.</summary>
    public string? Timeline { get; init; }
}
