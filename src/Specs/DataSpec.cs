namespace Granary.Specs;

/// <summary>The data set and how it is fed.</summary>
public sealed record DataSpec
{
    /// <summary>A name of <see cref="DataSets"/>, such as <c>fashion-mnist</c>.</summary>
    public required string Set { get; init; }

    /// <summary>Folder that holds the set's files; null: the set's own places (see docs/data.md).</summary>
    public string? Path { get; init; }

    /// <summary>Examples per optimizer step over all ranks, 1 to 65,536.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Training examples used, from the start of the set's fixed shuffle; null: all. Validation always uses its whole set.</summary>
    public int? Limit { get; init; }

    /// <summary>
    /// Share of the training examples that validation takes instead of the set's own validation examples, above 0 and at most 0.9; null: the
    /// set's own.
    /// </summary>
    public double? ValidSplit { get; init; }

    /// <summary>Height and width in pixels of the pictures that the network sees (bilinear), 8 to 1,024; null: as stored.</summary>
    public int? Resize { get; init; }

    /// <summary>
    /// fastai's presizing: height and width to which pictures are resized before training crops <see cref="Resize"/> out of them, at least
    /// that; null: none.
    /// </summary>
    public int? Presize { get; init; }

    /// <summary>Training pictures are mirrored left to right, half of the time.</summary>
    public bool Flip { get; init; }

    /// <summary>Pixels of zeros put around a training picture before its own size is cropped from a random place, 0 to 512.</summary>
    public int CropPadding { get; init; }

    /// <summary>
    /// Training pictures become a random crop of at least this share of their area, aspect ratio 3/4 to 4/3, resized back; above 0 and at
    /// most 1; null: none.
    /// </summary>
    public double? RandomResizedCrop { get; init; }

    /// <summary>Training pictures are rotated by up to this many degrees either way, 0 to 180.</summary>
    public double Rotate { get; init; }

    /// <summary>Brightness, contrast and saturation of training pictures change by up to this share either way, 0 to 1.</summary>
    public double Jitter { get; init; }

    /// <summary>Probability with which a coloured training picture becomes grey, 0 to 1.</summary>
    public double Grayscale { get; init; }
}
