namespace Granary.Trainer.Models.Summary;

/// <summary>
/// What of a picture an output can depend on, along one axis: 1 + sum of (k_l - 1) d_l times the product of the strides before l (Araujo,
/// Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019). Padding counts, so it may be greater than
/// the picture.
/// </summary>
/// <param name="Size">Pixels of the picture.</param>
/// <param name="Jump">Pixels from one output's field to the next one's: the product of the strides.</param>
internal readonly record struct ReceptiveField(long Size, long Jump)
{
    /// <summary>A pixel's own.</summary>
    public static ReceptiveField Pixel => new(1, 1);

    /// <summary>The field of a window over outputs of this field.</summary>
    /// <param name="window">The window.</param>
    public ReceptiveField Through(Window window) => new(Size + ((window.Span - 1) * Jump), Jump * window.Stride);
}
