using System.Runtime.InteropServices;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Makes several ranks train one model: all start from rank 0's parameters and buffers, each step's gradients are summed over the ranks,
/// and buffers follow rank 0 before each validation. Every rank computes the same sums, so all hold the same parameters, bit for bit, after
/// each step.
/// </summary>
/// <remarks>
/// The learner weights each rank's loss by its share of the batch, so the sum is the gradient of the global mean, with uneven shares too.
/// </remarks>
internal sealed class DataParallel(ICollective ring) : Callback
{
    /// <summary>How long a step waits for a silent but living rank.</summary>
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same where ranks are not in step: before the first step, and where an epoch begins. Rank 0 may wait for the silo meanwhile.
    /// </summary>
    private static readonly TimeSpan EpochPatience = TimeSpan.FromMinutes(12);

    private IReadOnlyList<Tensor> _parameters = [];
    private IReadOnlyList<Tensor> _buffers = [];
    private float[] _values = [];

    /// <inheritdoc/>
    public override int Order => 50;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        _parameters = [.. learner.Model.parameters()];
        _buffers = [.. learner.Model.buffers()];
        var trained = _parameters.Where(parameter => parameter.requires_grad).Sum(parameter => parameter.NumberOfElements);
        _values = new float[checked((int)trained + learner.Totals.Values.Length)];
        FollowRankZero([.. _parameters, .. _buffers], learner);
    }

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        var totals = _values.AsMemory(^learner.Totals.Values.Length..);
        ReadGradients();
        learner.Totals.Values.CopyTo(totals);
        var patience = learner.Position.Batch == 0 ? EpochPatience : StepPatience;
        TrainingThread.Await(() => ring.AllReduceAsync(_values, ReduceKind.Sum, patience, learner.Cancellation));
        totals.CopyTo(learner.Totals.Values);
        WriteGradients();
    }

    /// <inheritdoc/>
    public override void BeforeValidation(Learner learner) => FollowRankZero(_buffers, learner);

    private void FollowRankZero(IReadOnlyList<Tensor> tensors, Learner learner)
    {
        if (tensors.Count == 0) return;
        var bytes = new byte[checked(tensors.Sum(TensorBytes.Count))];
        if (ring.Rank == 0) Walk(tensors, bytes, (tensor, part) => TensorBytes.Read(tensor, part));
        TrainingThread.Await(() => ring.BroadcastAsync(bytes, EpochPatience, learner.Cancellation));
        if (ring.Rank != 0) Walk(tensors, bytes, (tensor, part) => TensorBytes.Write(tensor, part));
    }

    // One flat buffer for the whole model: one collective per step.
    private void ReadGradients() => Walk(Trained(), MemoryMarshal.AsBytes(_values.AsSpan()), (parameter, part) =>
    {
        using var gradient = parameter.grad;
        // No examples fell to this rank yet, so nothing was computed.
        if (gradient is null) part.Clear();
        else TensorBytes.Read(gradient, part);
    });

    private void WriteGradients() => Walk(Trained(), MemoryMarshal.AsBytes(_values.AsSpan()), (parameter, part) =>
    {
        var own = parameter.grad;
        using var gradient = own ?? zeros_like(parameter);
        TensorBytes.Write(gradient, part);
        if (own is null) parameter.grad = gradient;
    });

    private IEnumerable<Tensor> Trained() => _parameters.Where(parameter => parameter.requires_grad);

    private static void Walk(IEnumerable<Tensor> tensors, Span<byte> bytes, TensorVisitor visit)
    {
        var offset = 0;
        foreach (var tensor in tensors)
        {
            var length = TensorBytes.Count(tensor);
            visit(tensor, bytes.Slice(offset, length));
            offset += length;
        }
    }

    private delegate void TensorVisitor(Tensor tensor, Span<byte> part);
}
