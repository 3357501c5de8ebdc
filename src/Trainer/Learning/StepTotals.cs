namespace Granary.Trainer.Learning;

/// <summary>
/// Sums over the examples of one step. Until <see cref="Callback.AfterBackward"/> they are this rank's; the callback that sums gradients
/// sums <see cref="Values"/> with them, so that from then on they are the sums over all ranks, the same bits on each.
/// </summary>
internal sealed class StepTotals
{
    private readonly float[] _values = new float[4];

    /// <summary>All numbers, for the reduction.</summary>
    public Memory<float> Values => _values;

    /// <summary>Sum of the examples' losses.</summary>
    public ref float Loss => ref _values[0];

    /// <summary>Examples classified rightly.</summary>
    public ref float Correct => ref _values[1];

    /// <summary>Examples.</summary>
    public ref float Examples => ref _values[2];

    /// <summary>Ranks that want to stop after this step.</summary>
    public ref float StopVotes => ref _values[3];

    /// <summary>Starts a new step.</summary>
    public void Clear() => _values.AsSpan().Clear();
}
