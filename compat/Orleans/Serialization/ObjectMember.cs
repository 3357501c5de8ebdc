using System.Reflection;

namespace Orleans.Serialization;

/// <summary>One numbered member.</summary>
/// <param name="Key">Number and level of inheritance.</param>
/// <param name="Type">The member's type.</param>
/// <param name="Field">Where it is kept, for a field or an automatic property.</param>
/// <param name="Property">For a property with code of its own.</param>
/// <param name="Immutable">Whether it is marked as immutable.</param>
internal sealed record ObjectMember(ulong Key, Type Type, FieldInfo? Field, PropertyInfo? Property, bool Immutable);
