namespace Orleans;

/// <summary>A record on its way to or from a storage.</summary>
/// <typeparam name="T">The content's type.</typeparam>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>No content.</summary>
    public GrainState() => State = default!;

    /// <summary>A content without a version.</summary>
    /// <param name="state">The content.</param>
    public GrainState(T state)
        : this(state, null)
    {
    }

    /// <summary>A content with its version.</summary>
    /// <param name="state">The content.</param>
    /// <param name="eTag">The version.</param>
    public GrainState(T state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc/>
    [Id(0)]
    public T State { get; set; }

    /// <inheritdoc/>
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    [Id(2)]
    public bool RecordExists { get; set; }
}
