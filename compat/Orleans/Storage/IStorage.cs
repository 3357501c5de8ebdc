namespace Orleans.Core;

/// <summary>A stored record as its owner sees it.</summary>
public interface IStorage
{
    /// <summary>The version of the record that was last read or written; null where there is none.</summary>
    string? Etag { get; }

    /// <summary>Whether the record is in the storage.</summary>
    bool RecordExists { get; }

    /// <summary>Takes the record out of the storage.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Someone else has written since; the activation ends.</exception>
    Task ClearStateAsync();

    /// <summary>Takes the record out of the storage.</summary>
    /// <param name="cancellationToken">Gives up before the storage is asked.</param>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Writes the record.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Someone else has written since; the activation ends.</exception>
    Task WriteStateAsync();

    /// <summary>Writes the record.</summary>
    /// <param name="cancellationToken">Gives up before the storage is asked.</param>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads the record, in place of the state held.</summary>
    Task ReadStateAsync();

    /// <summary>Reads the record, in place of the state held.</summary>
    /// <param name="cancellationToken">Gives up before the storage is asked.</param>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
