using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>What travels with calls besides their arguments. Null stands for nothing.</summary>
internal sealed record RequestContextData(ImmutableDictionary<string, object> Values, Guid ReentrancyId)
{
    public static RequestContextData Empty { get; } = new(ImmutableDictionary<string, object>.Empty, Guid.Empty);

    public bool IsEmpty => Values.IsEmpty && ReentrancyId == Guid.Empty;
}
