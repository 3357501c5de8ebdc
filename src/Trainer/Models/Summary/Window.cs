namespace Granary.Trainer.Models.Summary;

/// <summary>What a convolution or a pooling sees at once, along one axis.</summary>
/// <param name="Kernel">Places of the kernel, at least 1.</param>
/// <param name="Stride">Places from one output to the next, at least 1.</param>
/// <param name="Padding">Places added on each side.</param>
/// <param name="Dilation">Places from one element of the kernel to the next, at least 1.</param>
internal readonly record struct Window(long Kernel, long Stride = 1, long Padding = 0, long Dilation = 1)
{
    /// <summary>Places from the kernel's first element to its last, both counted.</summary>
    public long Span => (Dilation * (Kernel - 1)) + 1;

    /// <summary>
    /// The greatest window of adaptive pooling, whose outputs i take places floor(i n / m) to ceil((i + 1) n / m), and the step between
    /// two, rounded down.
    /// </summary>
    /// <param name="size">n: places of the input.</param>
    /// <param name="outputs">m: places of the output.</param>
    public static Window Adaptive(long size, long outputs)
    {
        long kernel = 0;
        for (long i = 0; i < outputs; i++)
            kernel = Math.Max(kernel, ((((i + 1) * size) + outputs - 1) / outputs) - (i * size / outputs));
        return new Window(kernel, Math.Max(1, size / outputs));
    }
}
