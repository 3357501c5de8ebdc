namespace Granary.Trainer.Models.Summary;

/// <summary>What a layer costs, from its sizes alone.</summary>
internal static class LayerFormulas
{
    /// <summary>
    /// Height or width after a window: floor((n + 2p - d(k - 1) - 1) / s) + 1; below 1 where there is no room for it.
    /// </summary>
    /// <param name="size">n: places of the input.</param>
    /// <param name="window">The window.</param>
    /// <param name="ceil">
    /// The quotient is rounded up instead, so that a window may reach beyond the border; it must begin within the input or its padding in
    /// front.
    /// </param>
    public static long OutputSize(long size, Window window, bool ceil = false)
    {
        long room = size + (2 * window.Padding) - window.Span;
        if (room < 0)
            return 0;
        long outputs = ((ceil ? room + window.Stride - 1 : room) / window.Stride) + 1;
        return ceil && (outputs - 1) * window.Stride >= size + window.Padding ? outputs - 1 : outputs;
    }

    /// <summary>Learned numbers of a convolution: each output channel has a kernel over the input channels of its group.</summary>
    /// <param name="channels">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelPlaces">Height times width of the kernel.</param>
    /// <param name="groups">Into how many parts the channels fall.</param>
    /// <param name="bias">One number more for each output channel.</param>
    public static long ConvolutionParameters(long channels, long outputs, long kernelPlaces, long groups = 1, bool bias = true) =>
        (channels / groups * kernelPlaces * outputs) + (bias ? outputs : 0);

    /// <summary>
    /// Multiply-accumulates of a convolution for one picture: Kh x Kw x Cin / groups for each of the outputs. Adding a bias is none.
    /// </summary>
    /// <param name="channels">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelPlaces">Height times width of the kernel.</param>
    /// <param name="outputPlaces">Height times width of the output.</param>
    /// <param name="groups">Into how many parts the channels fall.</param>
    public static long ConvolutionMacs(long channels, long outputs, long kernelPlaces, long outputPlaces, long groups = 1) =>
        channels / groups * kernelPlaces * outputs * outputPlaces;

    /// <summary>Learned numbers of a linear layer.</summary>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="bias">One number more for each output.</param>
    public static long LinearParameters(long inputs, long outputs, bool bias = true) => (inputs * outputs) + (bias ? outputs : 0);

    /// <summary>Multiply-accumulates of a linear layer for one picture.</summary>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    public static long LinearMacs(long inputs, long outputs) => inputs * outputs;

    /// <summary>Numbers that must be in memory while a layer computes: its input, its parameters and its output.</summary>
    /// <param name="input">Numbers of the input.</param>
    /// <param name="parameters">Learned numbers.</param>
    /// <param name="output">Numbers of the output.</param>
    public static long ForwardNumbers(long input, long parameters, long output) => input + parameters + output;
}
