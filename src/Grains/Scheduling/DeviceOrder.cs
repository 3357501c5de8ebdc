using System.Globalization;

namespace Granary.Grains.Scheduling;

/// <summary>Orders a node's device ids as people count: <c>cuda:2</c> before <c>cuda:10</c>.</summary>
internal sealed class DeviceOrder : IComparer<string>
{
    public static DeviceOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        (string kind, int index) = Split(x ?? "");
        (string otherKind, int otherIndex) = Split(y ?? "");
        int byKind = string.CompareOrdinal(kind, otherKind);
        return byKind != 0 ? byKind : index.CompareTo(otherIndex);
    }

    private static (string Kind, int Index) Split(string id)
    {
        int colon = id.LastIndexOf(':');
        return colon >= 0 && int.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? (id[..colon], index)
            : (id, 0);
    }
}
