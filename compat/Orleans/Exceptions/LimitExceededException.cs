using System.Globalization;

namespace Orleans.Runtime;

/// <summary>A grain has more requests waiting than it may have.</summary>
[GenerateSerializer]
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Without details.</summary>
    public LimitExceededException()
        : base("Limit exceeded.")
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">The message.</param>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the limit.</summary>
    /// <param name="limitName">Which limit.</param>
    /// <param name="current">The number there is.</param>
    /// <param name="threshold">The number there may be.</param>
    /// <param name="extraInfo">What it happened to.</param>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base(string.Create(CultureInfo.InvariantCulture, $"Limit {limitName} exceeded: {current} of at most {threshold}, {extraInfo}."))
    {
    }
}
