using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Batch normalisation in training over the batch of all ranks (Ioffe and Szegedy, arXiv:1502.03167): each rank normalises its part of the
/// batch by the statistics of the whole, and backward sums what the statistics' own gradients need over the ranks. Running statistics end
/// with the same bits on every rank.
/// </summary>
internal sealed class NormOverRanks : SingleTensorFunction<NormOverRanks>
{
    private const string Count = "count";

    /// <inheritdoc/>
    public override string Name => nameof(NormOverRanks);

    /// <summary>Normalises.</summary>
    /// <param name="ctx">Kept for backward.</param>
    /// <param name="vars">
    /// The input, (N, C, ...), scale and shift, (C), the <see cref="NormBase"/> whose running statistics move, and the
    /// <see cref="NormExchange"/>.
    /// </param>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (norm, exchange) = ((NormBase)vars[3], (NormExchange)vars[4]);
        using var scope = NewDisposeScope();
        var numbers = input.to_type(ScalarType.Float32);
        var statistics = Statistics(numbers, exchange, out var count);
        var deviation = (statistics[1] + norm.eps).rsqrt();
        Follow(norm, statistics, count);
        var scale = weight * deviation;
        var shift = bias - (statistics[0] * scale);
        // The library reads what is saved only after this method, when its scope has ended.
        ctx.save_for_backward(
            [numbers.MoveToOuterDisposeScope(), weight, statistics[0].MoveToOuterDisposeScope(), deviation.MoveToOuterDisposeScope()]);
        ctx.save_data(nameof(NormExchange), exchange);
        ctx.save_data(Count, count);
        ctx.save_data(nameof(NormExchange.IsIdle), exchange.IsIdle);
        return Spread(shift, input).addcmul(numbers, Spread(scale, input), 1).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The gradients of input, scale and shift.</summary>
    /// <param name="ctx">What forward kept.</param>
    /// <param name="grad_output">The gradient of the result.</param>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, weight, mean, deviation) = (saved[0], saved[1], saved[2], saved[3]);
        var exchange = (NormExchange)ctx.get_data(nameof(NormExchange))!;
        var count = (double)ctx.get_data(Count)!;
        var gradient = grad_output.to_type(ScalarType.Float32);
        var normal = (input - Spread(mean, input)) * Spread(deviation, input);
        var shift = gradient.sum(OverChannels(input));
        var scale = (gradient * normal).sum(OverChannels(input));
        var sums = Over(stack([shift, scale]), exchange.SumInBackward) / (float)count;
        // The statistics are not made of what an idle rank sends through, so no gradient flows back to it.
        if ((bool)ctx.get_data(nameof(NormExchange.IsIdle))!) return [zeros_like(grad_output), scale, shift, null!, null!];
        var inner = gradient - Spread(sums[0], input) - (normal * Spread(sums[1], input));
        return [(inner * Spread(weight * deviation, input)).to_type(grad_output.dtype), scale, shift, null!, null!];
    }

    // Mean and biased variance over all ranks, (2, C).
    private static Tensor Statistics(Tensor input, NormExchange exchange, out double count)
    {
        var dimensions = OverChannels(input);
        var own = stack([input.mean(dimensions), input.var(dimensions, unbiased: false)]).reshape(-1);
        var channels = (int)input.shape[1];
        float[] ofRank = [.. own.cpu().data<float>(), exchange.IsIdle ? 0 : input.NumberOfElements / channels];
        var parts = exchange.Gather(ofRank);
        var joined = new float[2 * channels];
        var (mean, variance) = (new float[channels], new float[channels]);
        count = BatchStatistics.Join([.. parts.Select(part => (part[..channels], part[channels..^1], (double)part[^1]))], mean, variance);
        if (count <= 1)
        {
            throw new InvalidOperationException(
                "Batch normalisation needs more than one value to a channel, and the ranks have one together: use a larger data.batch.");
        }

        mean.CopyTo(joined, 0);
        variance.CopyTo(joined, channels);
        return tensor(joined, device: input.device).view(2, channels);
    }

    // As the layer itself does: the running variance is unbiased; without a momentum it is the mean over all batches.
    private static void Follow(NormBase norm, Tensor statistics, double count)
    {
        norm.num_batches_tracked!.add_(1);
        var momentum = norm.momentum ?? 1.0 / norm.num_batches_tracked.item<long>();
        norm.running_mean!.mul_(1 - momentum).add_(statistics[0], momentum);
        norm.running_var!.mul_(1 - momentum).add_(statistics[1], momentum * count / (count - 1));
    }

    private static Tensor Over(Tensor numbers, Func<float[], float[]> exchange) =>
        tensor(exchange([.. numbers.cpu().reshape(-1).data<float>()]), device: numbers.device).view(numbers.shape);

    // Every axis but that of the channels.
    private static long[] OverChannels(Tensor input) => [0, .. Enumerable.Range(2, (int)input.dim() - 2).Select(axis => (long)axis)];

    private static Tensor Spread(Tensor channels, Tensor input) =>
        channels.view([1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)]);
}
