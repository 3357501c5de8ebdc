using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions have in common.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    internal ConvolutionTranspose(
        string name, ConvolutionShape shape, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype)
        : base(name, shape, bias, paddingMode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>Spreads the input.</summary>
    /// <param name="input">(N, in, ...) or (in, ...).</param>
    /// <param name="output_size">
    /// The result's sizes, with or without those of the batch and the channels: a stride greater than 1 leaves a choice. null takes
    /// <see cref="Convolution.output_padding"/>.
    /// </param>
    /// <exception cref="ArgumentException">A size that the stride cannot give.</exception>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    // What must be added at the ends to reach a size.
    private protected long[] OutputPadding(Tensor input, long[]? outputSize)
    {
        if (outputSize is null) return output_padding;
        int axes = kernel_size.Length;
        if (outputSize.Length != axes && outputSize.Length != input.dim())
        {
            throw new ArgumentException(
                $"output_size has {outputSize.Length} numbers; expected {axes} or {input.dim()} for this input.", nameof(outputSize));
        }

        long[] wanted = outputSize[^axes..];
        long[] sizes = input.shape[^axes..];
        var places = new long[axes];
        for (int axis = 0; axis < axes; axis++)
        {
            long least = ((sizes[axis] - 1) * stride[axis]) - (2 * padding![axis]) + (dilation[axis] * (kernel_size[axis] - 1)) + 1;
            places[axis] = wanted[axis] - least;
            if (places[axis] < 0 || places[axis] >= stride[axis])
            {
                throw new ArgumentException(
                    $"Axis {axis} of output_size is {wanted[axis]}; this input and stride give {least} to {least + stride[axis] - 1}.",
                    nameof(outputSize));
            }
        }

        return places;
    }
}
