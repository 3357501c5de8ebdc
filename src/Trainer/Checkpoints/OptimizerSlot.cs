using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Checkpoints;

/// <summary>One thing that an optimizer keeps for a parameter from step to step.</summary>
/// <param name="Name">PyTorch's name of it, but for SGD's <c>momentum_buffer</c>, which is <c>momentum</c>.</param>
/// <param name="Value">What it is now; null: nothing yet. A counter is an int64 scalar.</param>
/// <param name="Set">Takes over a tensor of the parameter's shape and memory order, or a counter, which it copies.</param>
/// <param name="IsCounter">It counts steps.</param>
internal sealed record OptimizerSlot(string Name, Tensor? Value, Action<Tensor> Set, bool IsCounter = false)
{
    /// <summary>What is kept for one parameter. Counters are made inside the caller's dispose scope.</summary>
    /// <param name="state">The parameter's state, of any optimizer that a run may name.</param>
    /// <exception cref="NotSupportedException">It is of another optimizer.</exception>
    public static IReadOnlyList<OptimizerSlot> Of(OptimizerState state) => state switch
    {
        SGD.State sgd => [new("momentum", sgd.momentum_buffer, tensor => Replace(ref sgd.momentum_buffer, tensor))],
        Adam.State adam =>
        [
            Counter(adam.step, step => adam.step = step),
            new("exp_avg", Begun(adam.step, adam.exp_avg), tensor => Replace(ref adam.exp_avg, tensor)),
            new("exp_avg_sq", Begun(adam.step, adam.exp_avg_sq), tensor => Replace(ref adam.exp_avg_sq, tensor)),
        ],
        AdamW.State adam =>
        [
            Counter(adam.step, step => adam.step = step),
            new("exp_avg", Begun(adam.step, adam.exp_avg), tensor => Replace(ref adam.exp_avg, tensor)),
            new("exp_avg_sq", Begun(adam.step, adam.exp_avg_sq), tensor => Replace(ref adam.exp_avg_sq, tensor)),
        ],
        RMSProp.State rms =>
        [
            Counter(rms.step, step => rms.step = step),
            new("square_avg", Begun(rms.step, rms.square_avg), tensor => Replace(ref rms.square_avg, tensor)),
            new("momentum_buffer", Begun(rms.step, rms.momentum_buffer), tensor => Replace(ref rms.momentum_buffer, tensor)),
        ],
        _ => throw new NotSupportedException($"A checkpoint cannot hold the state of a {state.GetType().DeclaringType?.Name}."),
    };

    private static OptimizerSlot Counter(long value, Action<long> set) =>
        new("step", value == 0 ? null : tensor(value), counter => set(counter.item<long>()), IsCounter: true);

    // The library makes zeros before the first step; they are no state yet.
    private static Tensor? Begun(long steps, Tensor? average) => steps == 0 ? null : average;

    private static void Replace(ref Tensor? place, Tensor tensor)
    {
        place?.Dispose();
        place = tensor.DetachFromDisposeScope();
    }
}
