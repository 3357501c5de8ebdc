using Granary.Trainer.Data;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>
/// Seeds torch's generators anew for each step, from the run's seed, the rank and the step. What a step draws (dropout, augmentation)
/// then depends on its number alone: a resumed run draws what the undisturbed one drew, on every kind of device, and the ranks differ.
/// </summary>
/// <param name="seed">The run's seed.</param>
internal sealed class StepSeed(long seed) : Callback
{
    private const long Purpose = 3;

    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner) => Set(seed, learner.Reduction.Rank, learner.Position.Step);

    /// <summary>Makes torch draw what a step draws.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="rank">The rank, from 0.</param>
    /// <param name="step">Steps completed before.</param>
    public static void Set(long seed, int rank, long step) => manual_seed((long)(SplitMix64.Key(Purpose, seed, rank, step) >> 1));
}
