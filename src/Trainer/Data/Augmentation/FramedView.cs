namespace Granary.Trainer.Data.Augmentation;

/// <summary>Pictures of any size as pictures of one size: of each, the part that a framing chooses, resampled when it is read.</summary>
/// <param name="pictures">The pictures as stored.</param>
/// <param name="framing">Which part.</param>
/// <param name="draws">An example's random numbers by its index; null when nothing of the framing is random.</param>
internal sealed class FramedView(IPictureSource pictures, Framing framing, Func<int, Draws>? draws = null) : IImageSource
{
    [ThreadStatic]
    private static ResampleAxis? _across;

    [ThreadStatic]
    private static ResampleAxis? _down;

    /// <inheritdoc/>
    public int Count => pictures.Count;

    /// <inheritdoc/>
    public int Channels => pictures.Channels;

    /// <inheritdoc/>
    public int Size => framing.Size;

    /// <inheritdoc/>
    public bool IsCostly => true;

    /// <inheritdoc/>
    public int Label(int index) => pictures.Label(index);

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target)
    {
        using IPicture picture = pictures.Open(index);
        Show(picture, framing.Of(picture.Width, picture.Height, draws?.Invoke(index) ?? default), Size, target[..(Channels * Size * Size)]);
    }

    /// <summary>Resamples one picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="frame">The part to show.</param>
    /// <param name="size">Height and width of the result, in pixels.</param>
    /// <param name="target">The result, plane by plane.</param>
    public static void Show(IPicture picture, Frame frame, int size, Span<byte> target)
    {
        int denominator = frame.Denominator(size);
        (int width, int height) = picture.SizeAt(denominator);
        Frame part = width == picture.Width ? frame : frame.Divide(denominator);
        if (part.Angle != 0)
        {
            Turning.Show(picture.Read(denominator, Turning.Area(width, height, part, size)), part, size, target);
            return;
        }

        ResampleAxis across = _across ??= new ResampleAxis();
        ResampleAxis down = _down ??= new ResampleAxis();
        across.Set(width, part.Left, part.Width, size);
        down.Set(height, part.Top, part.Height, size);
        Resampler.Resample(picture.Read(denominator, new PixelArea(across.First, down.First, across.End, down.End)), across, down, target);
    }
}
