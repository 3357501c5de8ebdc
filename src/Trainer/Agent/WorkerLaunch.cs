using Granary.Trainer.Worker;

namespace Granary.Trainer.Agent;

/// <summary>A worker that is to be started.</summary>
/// <param name="Program">Its program.</param>
/// <param name="Rank">The rank that it runs.</param>
/// <param name="Slot">The device that it owns.</param>
/// <param name="Document">What it is told.</param>
/// <param name="Grace">How long it may take to leave a checkpoint.</param>
internal sealed record WorkerLaunch(WorkerProgram Program, RankKey Rank, DeviceSlot Slot, LaunchDocument Document, TimeSpan Grace);
