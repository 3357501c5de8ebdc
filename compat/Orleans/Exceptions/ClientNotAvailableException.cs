namespace Orleans.Runtime;

/// <summary>The client that holds an observer is not connected.</summary>
[GenerateSerializer]
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId)
        : base($"No client {clientId} is connected.")
    {
    }
}
