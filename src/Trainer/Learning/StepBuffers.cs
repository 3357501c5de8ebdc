using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>
/// Keeps the network's buffers as the last completed step left them, and puts them back when a step fails in its middle: forward moves the
/// running statistics of batch normalisations, and the step is made again. Two copies a step, whatever the number of buffers.
/// </summary>
internal sealed class StepBuffers : Callback, IDisposable
{
    private IGrouping<ScalarType, Tensor>[] _buffers = [];
    private Tensor[] _kept = [];

    /// <inheritdoc/>
    // Before anything of a step.
    public override int Order => 0;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => _buffers = [.. learner.Model.buffers().GroupBy(buffer => buffer.dtype)];

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _kept = [.. _buffers.Select(group => cat([.. group.Select(buffer => buffer.reshape(-1))]).DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public override void AfterStep(Learner learner) => Dispose();

    /// <inheritdoc/>
    public override void AfterFit(Learner learner)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((IGrouping<ScalarType, Tensor> group, Tensor kept) in _buffers.Zip(_kept))
        {
            long offset = 0;
            foreach (Tensor buffer in group)
            {
                buffer.copy_(kept.narrow(0, offset, buffer.numel()).view(buffer.shape));
                offset += buffer.numel();
            }
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor kept in _kept)
            kept.Dispose();
        _kept = [];
    }
}
