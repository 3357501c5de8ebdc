namespace Orleans.Serialization;

/// <summary>Writes one member of <paramref name="owner"/>; by reference, because a structure would be written in a copy.</summary>
internal delegate void MemberSetter<TOwner, T>(ref TOwner owner, T value);
