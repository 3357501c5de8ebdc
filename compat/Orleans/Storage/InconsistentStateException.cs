using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A write met a record that someone else has written since it was read.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Without details.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">The message.</param>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With both versions.</summary>
    /// <param name="errorMsg">The message.</param>
    /// <param name="storedEtag">The version in the storage.</param>
    /// <param name="currentEtag">The version the writer has.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>With both versions and a cause.</summary>
    /// <param name="errorMsg">The message.</param>
    /// <param name="storedEtag">The version in the storage.</param>
    /// <param name="currentEtag">The version the writer has.</param>
    /// <param name="storageException">The cause.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>With both versions and a cause.</summary>
    /// <param name="storedEtag">The version in the storage.</param>
    /// <param name="currentEtag">The version the writer has.</param>
    /// <param name="storageException">The cause.</param>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException?.Message ?? "", storedEtag, currentEtag, storageException!)
    {
    }

    /// <summary>The version in the storage.</summary>
    [Id(1)]
    public string? StoredEtag { get; private set; }

    /// <summary>The version the writer had.</summary>
    [Id(2)]
    public string? CurrentEtag { get; private set; }

    // Only the activation that wrote ends, not those it had called or that called it.
    [Id(0)]
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}\nStored ETag: {StoredEtag ?? "none"}, the writer's: {CurrentEtag ?? "none"}.";
}
