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
    public override void BeforeBatch(Learner learner) =>
        manual_seed((long)(SplitMix64.Key(Purpose, seed, learner.Reduction.Rank, learner.Position.Step) >> 1));
}
