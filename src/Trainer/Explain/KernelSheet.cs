using Granary.Trainer.Models;
using Granary.Trainer.Pictures;
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
    public static Canvas Draw(Network network)
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
            tiles.Add(new Tile(DrawKernel(shares, shape[1], shape[2], shape[3]).ScaledTo(Side), $"{kernel}"));
        }

        string kernels = $"{name}: {shape[0]} kernels of {shape[1]}x{shape[2]}x{shape[3]}";
        return TileSheet.Draw(FormattableString.Invariant($"{kernels}, weights from -{greatest:g3} to {greatest:g3}"), tiles, Columns);
    }

    private static Canvas DrawKernel(float[] shares, int channels, int height, int width)
    {
        int plane = height * width;
        var canvas = new Canvas(channels == 3 ? width : channels * width, height, Colour.White);
        for (int i = 0; i < (channels == 3 ? plane : shares.Length); i++)
        {
            int x = (i / plane * width) + (i % width);
            int y = i % plane / width;
            canvas[x, y] = channels == 3
                ? new Colour(Level(shares[i]), Level(shares[plane + i]), Level(shares[(2 * plane) + i]))
                : ColourMap.Diverging.At(shares[i]);
        }

        return canvas;
    }

    private static byte Level(float share) => (byte)Math.Round(255 * Math.Clamp(share, 0f, 1f));
}
