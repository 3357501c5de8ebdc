namespace TorchSharp.Modules;

// The numbers that make a convolution, per axis where they are lists.
internal sealed record ConvolutionShape(long In, long Out, long[] Kernel, long[] Stride, long[]? Padding, long[] Dilation, long Groups)
{
    internal bool Transposed { get; init; }

    internal long[] OutputPadding { get; init; } = [.. Kernel.Select(_ => 0L)];

    internal Padding? PaddingType { get; init; }
}
