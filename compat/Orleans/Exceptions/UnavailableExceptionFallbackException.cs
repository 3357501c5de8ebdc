namespace Orleans.Serialization;

/// <summary>Stands for an exception whose type this process does not have.</summary>
[GenerateSerializer]
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>Without details.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>The name of the type that is missing.</summary>
    [Id(0)]
    public string? ExceptionType { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
