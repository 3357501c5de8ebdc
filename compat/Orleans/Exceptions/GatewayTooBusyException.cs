namespace Orleans.Runtime;

/// <summary>More is waiting to be sent than the connection may hold.</summary>
[GenerateSerializer]
public sealed class GatewayTooBusyException : OrleansException
{
    /// <summary>Without details.</summary>
    public GatewayTooBusyException()
        : base("Gateway too busy.")
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">The message.</param>
    public GatewayTooBusyException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public GatewayTooBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
