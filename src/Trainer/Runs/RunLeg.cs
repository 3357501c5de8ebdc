using Granary.Trainer.Collectives;

namespace Granary.Trainer.Runs;

/// <summary>What became of a run between two losses of a rank: it ended, or the ring broke.</summary>
/// <param name="Outcome">How it ended; null: it did not.</param>
/// <param name="Lost">What broke the ring; null: nothing.</param>
/// <param name="State">Where the run stood then; null where the ring holds.</param>
internal sealed record RunLeg(RunOutcome? Outcome, CollectiveException? Lost, RunState? State);
