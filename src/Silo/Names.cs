using Granary.Specs;

namespace Granary.Silo;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Names
{
    /// <summary>"; did you mean X?" for the nearest candidate, or nothing when none is near. Of equally near ones, the first in order.</summary>
    public static string Hint(string text, IEnumerable<string> candidates) =>
        NearestName.Find(text, candidates.Order(StringComparer.Ordinal)) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
