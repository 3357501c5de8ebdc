namespace Orleans;

/// <summary>A record on its way to or from a storage.</summary>
/// <typeparam name="T">The content's type.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The content.</summary>
    T State { get; set; }

    /// <summary>The record's version; null where there is no record.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the record is in the storage.</summary>
    bool RecordExists { get; set; }
}
