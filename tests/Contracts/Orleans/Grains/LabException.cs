namespace Granary.Contracts.Tests.Orleans;

/// <summary>Built as the product's own exceptions are.</summary>
[GenerateSerializer]
public sealed class LabException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}
