namespace Orleans.Runtime.Messaging;

/// <summary>A connection could not be made, or broke.</summary>
[GenerateSerializer]
public class ConnectionFailedException : OrleansException
{
    /// <summary>Without details.</summary>
    public ConnectionFailedException()
        : base("Connection failed.")
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">The message.</param>
    public ConnectionFailedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ConnectionFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
