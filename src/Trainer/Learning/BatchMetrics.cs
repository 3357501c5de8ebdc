using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>A batch's sums, brought to the host in one copy.</summary>
internal static class BatchMetrics
{
    /// <summary>Sum of the losses, and examples classified rightly.</summary>
    /// <param name="loss">Mean loss, a scalar.</param>
    /// <param name="prediction">The network's answer, (N, classes).</param>
    /// <param name="targets">The classes, int64 (N).</param>
    public static (float Loss, float Correct) Of(Tensor loss, Tensor prediction, Tensor targets)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor correct = prediction.argmax(1).eq(targets).sum(ScalarType.Float32);
        float[] values = stack([loss.detach(), correct]).cpu().data<float>().ToArray();
        return (values[0] * targets.shape[0], values[1]);
    }
}
