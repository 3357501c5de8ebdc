using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>Moves a tensor's elements to and from main memory, from whatever device and in whatever layout it is.</summary>
internal static class TensorBytes
{
    /// <summary>Bytes of a tensor's elements.</summary>
    /// <param name="tensor">The tensor.</param>
    public static int Count(Tensor tensor) => checked((int)(tensor.NumberOfElements * tensor.ElementSize));

    /// <summary>Copies the elements, in order, out of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="target">As many bytes as the tensor has.</param>
    public static void Read(Tensor tensor, Span<byte> target)
    {
        using var bare = tensor.detach();
        using var local = bare.cpu();
        using var ordered = local.contiguous();
        ordered.bytes.CopyTo(target);
    }

    /// <summary>Replaces the elements of a tensor; autograd does not see it.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="source">As many bytes as the tensor has, in order.</param>
    public static void Write(Tensor tensor, ReadOnlySpan<byte> source)
    {
        if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous())
        {
            source.CopyTo(tensor.bytes);
            return;
        }

        using var untracked = no_grad();
        using var local = empty(tensor.shape, dtype: tensor.dtype);
        source.CopyTo(local.bytes);
        tensor.copy_(local);
    }
}
