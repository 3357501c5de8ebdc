using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Gpu;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Makes several ranks train one model: all start from rank 0's parameters and buffers, each step's gradients are summed over the ranks
/// while backward still runs, and buffers follow rank 0 before each validation. Every rank computes the same sums, so all hold the same
/// parameters, bit for bit, after each step.
/// </summary>
/// <remarks>
/// The learner weights each rank's loss by its share of the batch, so the sum is the gradient of the global mean, with uneven shares too.
/// A rank whose share is empty joins the same sums with zeros; where batch normalisations are synchronised, it sends a picture of zeros
/// through the network to make the same exchanges, and none of it counts.
/// </remarks>
/// <param name="ring">The ranks.</param>
/// <param name="spec">How they train together.</param>
internal sealed class DataParallel(ICollective ring, ParallelSpec spec) : Callback, IDisposable
{
    /// <summary>
    /// How long a step waits for a rank whose process lives: one that is gone, frozen or out of reach is noticed long before.
    /// </summary>
    private static readonly TimeSpan StepPatience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The same where ranks are not in step: before the first step, and where an epoch begins. Rank 0 may wait for the silo meanwhile.
    /// </summary>
    private static readonly TimeSpan EpochPatience = TimeSpan.FromMinutes(12);

    private readonly NormExchange _exchange = new(ring);
    private readonly RankClock _clock = new(ring.Rank, ring.WorldSize);
    private IReadOnlyList<Tensor> _buffers = [];
    private GradientSums? _sums;
    private GpuLane? _lane;
    private SyncBatchNorm? _norms;

    /// <inheritdoc/>
    public override int Order => 50;

    /// <summary>Where the ranks' time went.</summary>
    public RankTimes Times => _clock.Run;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        // A start that failed was not followed by an end.
        Dispose();
        _buffers = [.. learner.Model.buffers()];
        ring.Activity = "the start";
        FollowRankZero([.. learner.Model.parameters(), .. _buffers], learner);
        var network = (Network)learner.Model;
        // NCCL sums in the numbers' own format.
        var direct = spec is { Nccl: true, Wire: "fp32" };
        _lane = TrainingThread.Await(() => GpuLane.CreateAsync(
            ring, Gpu(network), direct, GpuLibraries.Installed, new LaneWait(EpochPatience, learner.Cancellation)));
        _sums = new GradientSums(ring, BucketPlan.Of(network, spec.BucketBytes(), spec.FirstBucketBytes()), learner.Time, _lane);
        if (spec.SyncBatchNorm) _norms = new SyncBatchNorm(network, _exchange);
    }

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner)
    {
        ring.Activity = $"step {learner.Position.Step + 1}";
        var patience = learner.Position.Batch == 0 ? EpochPatience : StepPatience;
        _sums!.Begin(patience, learner.Cancellation);
        _exchange.Begin(patience, learner.Cancellation);
    }

    /// <inheritdoc/>
    public override void AfterLoss(Learner learner)
    {
        if (learner.IsLastOfStep) _sums!.Open();
    }

    /// <inheritdoc/>
    public override void OnEmptyBatch(Learner learner)
    {
        if (_norms is not { Any: true }) return;
        using var scope = NewDisposeScope();
        _exchange.IsIdle = true;
        var picture = zeros([1, .. learner.Batch.Shape[1..]], device: learner.Model.parameters().First().device);
        var nothing = learner.Model.call(picture).sum() * 0f;
        AfterLoss(learner);
        nothing.backward();
        _exchange.IsIdle = false;
    }

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        _exchange.End();
        var numbers = _clock.Pack(learner.Totals);
        var sums = TrainingThread.Await(() => _sums!.CompleteAsync(numbers));
        _sums!.Publish();
        _clock.Unpack(learner.Totals);
        learner.Times.End(StepPhase.Reduce);
        _clock.Report(sums, learner.Measures);
    }

    /// <inheritdoc/>
    public override void AfterStep(Learner learner) => _clock.Keep(learner.Times);

    /// <inheritdoc/>
    public override void BeforeValidation(Learner learner)
    {
        _clock.EndEpoch(learner.EpochMeasures);
        ring.Activity = $"the validation after epoch {learner.Position.Epoch + 1}";
        FollowRankZero(_buffers, learner);
    }

    /// <inheritdoc/>
    public override void AfterFit(Learner learner) => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums?.Dispose();
        _lane?.Dispose();
        _norms?.Dispose();
        _exchange.Abandon();
        (_sums, _lane, _norms) = (null, null, null);
    }

    private static int? Gpu(Network network)
    {
        var parameter = network.parameters().First();
        return parameter.device_type == DeviceType.CUDA ? Math.Max(0, parameter.device_index) : null;
    }

    private void FollowRankZero(IReadOnlyList<Tensor> tensors, Learner learner)
    {
        if (tensors.Count == 0) return;
        var bytes = new byte[checked(tensors.Sum(TensorBytes.Count))];
        if (ring.Rank == 0) Walk(tensors, bytes, (tensor, part) => TensorBytes.Read(tensor, part));
        TrainingThread.Await(() => ring.BroadcastAsync(bytes, EpochPatience, learner.Cancellation));
        if (ring.Rank != 0) Walk(tensors, bytes, (tensor, part) => TensorBytes.Write(tensor, part));
    }

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
