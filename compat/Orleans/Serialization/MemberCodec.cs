namespace Orleans.Serialization;

/// <summary>Moves one member between an object and the wire, or between an object and its copy.</summary>
internal abstract class MemberCodec<TOwner>
{
    /// <summary>Number, level and layout, as on the wire.</summary>
    public abstract ulong Header { get; }

    public abstract bool IsImmutable { get; }

    public abstract void Write(WireWriter writer, ref TOwner owner);

    public abstract void Read(WireReader reader, ref TOwner owner);

    public abstract void Copy(ref TOwner from, ref TOwner to);

    public static MemberCodec<TOwner> Create(ObjectMember member) =>
        (MemberCodec<TOwner>)Activator.CreateInstance(typeof(MemberCodec<,>).MakeGenericType(typeof(TOwner), member.Type), member)!;
}
