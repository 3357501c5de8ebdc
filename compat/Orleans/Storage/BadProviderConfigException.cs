using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage is missing, or configured so that it cannot work.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>Without details.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="msg">The message.</param>
    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="msg">The message.</param>
    /// <param name="exc">The cause.</param>
    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}
