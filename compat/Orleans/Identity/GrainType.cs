using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The name of a grain class in grain ids: the class name in lower case without <c>Grain</c>, or <see cref="GrainTypeAttribute"/>'s.</summary>
/// <param name="id">The name's bytes.</param>
[Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>Whether the name is empty.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The name's bytes.</summary>
    public IdSpan Value { get; } = id;

    /// <summary>A grain type of that name.</summary>
    /// <param name="value">The name, not empty.</param>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(IdSpan.Create(value));
    }

    /// <summary>The name's bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => Value.AsSpan();

    /// <summary>Orders by name.</summary>
    /// <param name="other">What to compare with.</param>
    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    /// <summary>Whether the name is the same.</summary>
    /// <param name="obj">What to compare with.</param>
    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The name.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Whether the name is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
