namespace Orleans.Serialization;

/// <summary>Moves one member of a known type.</summary>
internal sealed class MemberCodec<TOwner, T> : MemberCodec<TOwner>
{
    private readonly ObjectMember _member;
    private readonly MemberGetter<TOwner, T> _get;
    private readonly MemberSetter<TOwner, T> _set;
    private Codec<T>? _codec;
    private ulong? _header;

    public MemberCodec(ObjectMember member)
    {
        _member = member;
        _get = MemberAccess.Getter<TOwner, T>(member);
        _set = MemberAccess.Setter<TOwner, T>(member);
    }

    public override ulong Header => _header ??= (_member.Key << 3) | (ulong)Codec.WireType;

    public override bool IsImmutable => _member.Immutable || Codec.IsImmutable;

    // Looked up at first use, so that a type may hold itself.
    private Codec<T> Codec => _codec ??= Codecs.Get<T>();

    public override void Write(WireWriter writer, ref TOwner owner) => Codec.Write(writer, _get(ref owner));

    public override void Read(WireReader reader, ref TOwner owner) => _set(ref owner, Codec.Read(reader));

    public override void Copy(ref TOwner from, ref TOwner to)
    {
        var value = _get(ref from);
        _set(ref to, IsImmutable ? value : Codec.Copy(value));
    }
}
