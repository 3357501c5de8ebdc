using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method waits for the answer, in place of the configured default.</summary>
/// <param name="timeout">A <see cref="TimeSpan"/> in its invariant text form, greater than zero.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The time.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
