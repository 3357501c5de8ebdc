namespace Orleans.Serialization;

/// <summary>Reads one member of <paramref name="owner"/>.</summary>
internal delegate T MemberGetter<TOwner, T>(ref TOwner owner);
