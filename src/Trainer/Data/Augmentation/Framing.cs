namespace Granary.Trainer.Data.Augmentation;

/// <summary>Which part of a picture is shown.</summary>
internal sealed record Framing
{
    // torchvision's RandomResizedCrop: ten attempts, aspect ratios from 3/4 to 4/3 drawn evenly on a logarithmic scale.
    private const int Attempts = 10;
    private static readonly double LogRatio = Math.Log(4.0 / 3.0);

    /// <summary>Height and width of what is shown, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The length that the picture's shorter side is brought to before <see cref="Size"/> is cut out; null: the shorter side fills it.</summary>
    public int? Presize { get; init; }

    /// <summary>Whether the cut is at a random place; else in the middle.</summary>
    public bool RandomPlace { get; init; }

    /// <summary>The least share of the picture's area that a random resized crop takes; null: none, see <see cref="Presize"/>.</summary>
    public double? RandomResizedCrop { get; init; }

    /// <summary>Degrees of turning either way.</summary>
    public double Rotate { get; init; }

    /// <summary>The part of a picture.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="draws">The picture's random numbers; not used when nothing here is random.</param>
    public Frame Of(int width, int height, Draws draws)
    {
        double angle = Rotate > 0 ? draws.Between(Draws.Angle, -Rotate, Rotate) : 0;
        return (RandomResizedCrop is { } least ? ResizedCrop(width, height, least, draws) : Square(width, height, draws)) with { Angle = angle };
    }

    private Frame Square(int width, int height, Draws draws)
    {
        double side = Math.Min(width, height) * (Presize is { } presize ? (double)Size / presize : 1.0);
        double across = RandomPlace ? draws.Unit(Draws.CropLeft) : 0.5;
        double down = RandomPlace ? draws.Unit(Draws.CropTop) : 0.5;
        return new Frame((width - side) * across, (height - side) * down, side, side, 0);
    }

    private static Frame ResizedCrop(int width, int height, double least, Draws draws)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int first = Draws.CropAttempts + (4 * attempt);
            double area = (double)width * height * draws.Between(first, least, 1);
            double ratio = Math.Exp(draws.Between(first + 1, -LogRatio, LogRatio));
            int across = (int)Math.Round(Math.Sqrt(area * ratio));
            int down = (int)Math.Round(Math.Sqrt(area / ratio));
            if (across > 0 && across <= width && down > 0 && down <= height)
                return new Frame(draws.Below(first + 2, width - across + 1), draws.Below(first + 3, height - down + 1), across, down, 0);
        }

        // The largest part in the middle whose aspect ratio is allowed.
        double limit = Math.Exp(LogRatio);
        double wide = Math.Min(width, height * limit);
        double high = Math.Min(height, width * limit);
        return new Frame((width - wide) / 2, (height - high) / 2, wide, high, 0);
    }
}
