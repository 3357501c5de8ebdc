using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Data;

/// <summary>Puts a batch on the device, inside the caller's dispose scope.</summary>
/// <param name="device">Where.</param>
/// <param name="normalisation">How bytes become numbers.</param>
internal sealed class BatchTensors(Device device, Normalisation normalisation)
{
    /// <summary>The pictures, float32, (N, C, H, W). Bytes cross to the device; they become floats there.</summary>
    /// <param name="batch">A batch of at least one example.</param>
    public Tensor Inputs(HostBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = empty(batch.Shape, ScalarType.Byte);
        bytes.bytes = batch.Pixels;
        Tensor numbers = bytes.to(device).to(ScalarType.Float32).div_(255f);
        if (normalisation.IsUniform)
            Normalise(numbers, 0);
        for (int channel = 0; !normalisation.IsUniform && channel < batch.Shape[1]; channel++)
            Normalise(numbers.select(1, channel), channel);
        return numbers.MoveToOuterDisposeScope();
    }

    /// <summary>The classes, int64, (N).</summary>
    /// <param name="batch">A batch of at least one example.</param>
    public Tensor Targets(HostBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor labels = empty(batch.Count, ScalarType.Int64);
        labels.bytes = MemoryMarshal.AsBytes(batch.Labels);
        return labels.to(device).MoveToOuterDisposeScope();
    }

    private void Normalise(Tensor numbers, int channel)
    {
        if (normalisation.Mean[channel] != 0)
            numbers.sub_(normalisation.Mean[channel]);
        if (normalisation.StandardDeviation[channel] != 1)
            numbers.div_(normalisation.StandardDeviation[channel]);
    }
}
