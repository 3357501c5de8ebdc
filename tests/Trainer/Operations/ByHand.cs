using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Operations;

/// <summary>The operations as seed text 003 writes them out: loops over windows, nothing of the library's layers.</summary>
internal static class ByHand
{
    /// <summary>0 to 8 as 3x3, the text's input.</summary>
    public static Tensor ZeroToEight() => arange(9, dtype: ScalarType.Float32).view(3, 3);

    /// <summary>Cross-correlation of (H, W) with (h, w): (H - h + 1, W - w + 1).</summary>
    public static Tensor Correlate(Tensor x, Tensor kernel) =>
        OverWindows(x, kernel.shape[0], kernel.shape[1], window => (window * kernel).sum());

    /// <summary>Cross-correlation of (C, H, W) with (C, h, w), summed over the channels.</summary>
    public static Tensor CorrelateChannels(Tensor x, Tensor kernel)
    {
        Tensor sum = Correlate(x[0], kernel[0]);
        for (long channel = 1; channel < x.shape[0]; channel++)
            sum = sum.add(Correlate(x[channel], kernel[channel]));
        return sum;
    }

    /// <summary>The text's <c>pool2d</c>: something of every window of (H, W), one step apart.</summary>
    public static Tensor OverWindows(Tensor x, long height, long width, Func<Tensor, Tensor> take)
    {
        long rows = x.shape[0] - height + 1;
        long columns = x.shape[1] - width + 1;
        var values = new float[rows * columns];
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
                values[(i * columns) + j] = take(x.narrow(0, i, height).narrow(1, j, width)).item<float>();
        }

        return tensor(values, [rows, columns]);
    }

    /// <summary>The elements in row-major order.</summary>
    public static float[] Values(this Tensor x) => x.contiguous().data<float>().ToArray();

    /// <summary>Fails unless both have one shape and nearly the same elements.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(
            actual.allclose(expected, rtol: tolerance, atol: tolerance),
            $"the greatest difference is {(actual - expected).abs().max().to(ScalarType.Float64).item<double>()}");
    }
}
