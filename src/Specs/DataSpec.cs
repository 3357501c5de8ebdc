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

    /// <summary>Height and width in pixels to which pictures are resized (bilinear), 8 to 1,024; null: as stored.</summary>
    public int? Resize { get; init; }
}
