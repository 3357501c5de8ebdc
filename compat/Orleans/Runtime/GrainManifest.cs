namespace Orleans.Runtime;

/// <summary>Which grain types implement which interfaces: a silo knows it from its classes, a client from the silo.</summary>
/// <param name="Implementations">By interface name.</param>
internal sealed record GrainManifest(IReadOnlyDictionary<string, GrainImplementation[]> Implementations)
{
    /// <exception cref="ArgumentException">There is no implementation, or there are several.</exception>
    public GrainType Resolve(InterfaceMap map, string? classNamePrefix)
    {
        var candidates = Implementations.GetValueOrDefault(map.Name) ?? [];
        if (!string.IsNullOrWhiteSpace(classNamePrefix))
            candidates = [.. candidates.Where(c => c.ClassName.StartsWith(classNamePrefix, StringComparison.Ordinal))];
        string which = string.IsNullOrWhiteSpace(classNamePrefix) ? map.Name : $"{map.Name} with class names that start with {classNamePrefix}";
        return candidates.Length switch
        {
            1 => candidates[0].GrainType,
            0 => throw new ArgumentException($"Could not find an implementation for interface {which}: reference the assembly of the grain class from the silo."),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {which}. Candidates: {string.Join(", ", candidates.Select(static c => c.ClassName))}."),
        };
    }
}
