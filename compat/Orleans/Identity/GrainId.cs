using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key. As text: <c>type/key</c>.</summary>
/// <param name="type">The grain's type.</param>
/// <param name="key">The grain's key.</param>
[Immutable]
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>
{
    /// <summary>Whether this is no identity.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>The grain's key.</summary>
    public IdSpan Key { get; } = key;

    /// <summary>The grain's type.</summary>
    public GrainType Type { get; } = type;

    /// <summary>The identity made of a type and a key.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="key">The key's text.</param>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>The identity made of a type and a key.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The key's text.</param>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    /// <summary>The identity made of a type and a key.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads the form <c>type/key</c>.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="FormatException">The text has no type or no key.</exception>
    public static GrainId Parse(string value) => TryParse(value, out var result)
        ? result
        : throw new FormatException($"\"{value}\" is no grain id: expected type/key, as in trial/7.");

    /// <summary>Reads the form <c>type/key</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="result">The identity, when the text has that form.</param>
    public static bool TryParse(string? value, out GrainId result)
    {
        int slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 1 || slash == value!.Length - 1)
        {
            result = default;
            return false;
        }

        result = new(new GrainType(IdSpan.Create(value[..slash])), IdSpan.Create(value[(slash + 1)..]));
        return true;
    }

    /// <summary>Orders by type, then by key.</summary>
    /// <param name="other">What to compare with.</param>
    public int CompareTo(GrainId other) => Type.CompareTo(other.Type) is not 0 and var order ? order : Key.CompareTo(other.Key);

    /// <summary>Whether type and key are the same.</summary>
    /// <param name="other">What to compare with.</param>
    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Type.GetHashCode() * 31) ^ Key.GetHashCode();

    /// <summary>The form <c>type/key</c>.</summary>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Whether type and key are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Whether type or key differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
