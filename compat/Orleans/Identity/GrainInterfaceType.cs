using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The name of a grain interface on the wire: its alias, or its full name.</summary>
/// <param name="value">The name's bytes.</param>
[Immutable]
public readonly struct GrainInterfaceType(IdSpan value) : IEquatable<GrainInterfaceType>
{
    /// <summary>Whether the name is empty.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The name's bytes.</summary>
    public IdSpan Value { get; } = value;

    /// <summary>An interface type of that name.</summary>
    /// <param name="value">The name.</param>
    public static GrainInterfaceType Create(string value) => new(IdSpan.Create(value));

    /// <summary>Whether the name is the same.</summary>
    /// <param name="other">What to compare with.</param>
    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The name.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Whether the name is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
