using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Contracts.Tests.TorchSharp;

/// <summary>Where a tensor's numbers lie.</summary>
public sealed class MemoryTests
{
    /// <summary>Relied on by src/Trainer/Parallel/TensorMemory.cs and GradientBucket.cs: the ring sums in the tensor's own memory.</summary>
    [Fact]
    public unsafe void Bytes_OfAHostTensor_AreItsOwnMemoryAndThatOfItsStorage()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor numbers = zeros(4);
        using var storage = numbers.storage<float>();

        fixed (byte* start = numbers.bytes)
        {
            Assert.Equal(storage.data_ptr(), (IntPtr)start);
            ((float*)start)[2] = 5;
        }

        Assert.Equal([0f, 0f, 5f, 0f], numbers.data<float>().ToArray());
    }

    /// <summary>
    /// Relied on by src/Trainer/Models/ComputeFormat.cs: pictures whose channels lie side by side keep that order through a convolution,
    /// and their shape says nothing of it.
    /// </summary>
    [Fact]
    public void Convolution_OfChannelsLast_StaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor picture = rand(2, 3, 8, 8).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

        Tensor result = nn.Conv2d(3, 4, 3, padding: 1).call(picture);

        Assert.Equal([3 * 8 * 8, 1, 3 * 8, 3], picture.stride());
        Assert.Equal([2, 4, 8, 8], result.shape);
        Assert.Equal([4 * 8 * 8, 1, 4 * 8, 4], result.stride());
    }
}
