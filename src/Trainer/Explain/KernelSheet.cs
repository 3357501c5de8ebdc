using Granary.Trainer.Models;
using Granary.Trainer.Pictures;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Explain;

/// <summary>
/// The kernels of a network's first convolution, all on one scale. Those over three channels are colours, grey being 0; others have blue
/// for negative weights and red for positive ones, the channels side by side.
/// </summary>
internal static class KernelSheet
{
    private const int Side = 64;
    private const int Columns = 8;

    /// <summary>Draws the kernels.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ExplainException">It has no convolution.</exception>
    public static SKBitmap Draw(Network network)
    {
        (string name, nn.Module module) = network.named_modules().FirstOrDefault(entry => entry.module is ConvolutionLayer);
        if (module is not ConvolutionLayer convolution)
            throw new ExplainException($"{network.GetName()} has no convolution, so it has no kernels.");
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = convolution.weight.detach().to(ScalarType.Float32).cpu().contiguous();
        int[] shape = [.. weight.shape.Select(size => (int)size)];
        float[] values = weight.data<float>().ToArray();
        float greatest = values.Max(Math.Abs);
        int size = shape[1] * shape[2] * shape[3];
        var tiles = new List<Tile>();
        for (int kernel = 0; kernel < shape[0]; kernel++)
        {
            float[] own = values[(kernel * size)..((kernel + 1) * size)];
            float[] shares = Array.ConvertAll(own, value => 0.5f + (greatest > 0 ? value / (2 * greatest) : 0));
            tiles.Add(new Tile(DrawKernel(shares, shape[1], shape[2], shape[3]), Side, $"{kernel}"));
        }

        string kernels = $"{name}: {shape[0]} kernels of {shape[1]}x{shape[2]}x{shape[3]}";
        return TileSheet.Draw(FormattableString.Invariant($"{kernels}, weights from -{greatest:g3} to {greatest:g3}"), tiles, Columns);
    }

    private static SKBitmap DrawKernel(float[] shares, int channels, int height, int width)
    {
        int plane = height * width;
        if (channels != 3)
            return Bitmaps.Paint(channels * width, height, (x, y) => ColourMap.Diverging.At(shares[(x / width * plane) + (y * width) + (x % width)]));
        return Bitmaps.Paint(width, height, (x, y) =>
        {
            int at = (y * width) + x;
            return new SKColor(Level(shares[at]), Level(shares[plane + at]), Level(shares[(2 * plane) + at]));
        });
    }

    private static byte Level(float share) => (byte)Math.Round(255 * Math.Clamp(share, 0f, 1f));
}
