using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>A type made of numbered members: each as its number, its layout and its value, so that unknown ones are skipped.</summary>
internal sealed class ObjectCodec<T> : BlockCodec<T>
{
    private readonly MemberCodec<T>[] _members;
    private readonly Func<T> _create;
    private readonly bool _declaredImmutable;

    public ObjectCodec()
        : this(ObjectMembers.Of(typeof(T)))
    {
    }

    public ObjectCodec(IReadOnlyList<ObjectMember> members)
    {
        _members = [.. members.Select(m => MemberCodec<T>.Create(m))];
        _create = Creator();
        _declaredImmutable = typeof(T).IsDefined(typeof(ImmutableAttribute), inherit: false);
    }

    public override bool IsImmutable => _declaredImmutable || (typeof(T).IsValueType && _members.All(static m => m.IsImmutable));

    protected override void WriteBody(WireWriter writer, T value) => WriteMembers(writer, value);

    protected override T ReadBody(WireReader reader)
    {
        T value = _create();
        ReadMembers(reader, ref value);
        return value;
    }

    protected override T CopyBody(T value)
    {
        if (_declaredImmutable)
            return value;
        T copy = typeof(T).IsValueType ? value : _create();
        foreach (var member in _members)
            member.Copy(ref value, ref copy);
        return copy;
    }

    internal void WriteMembers(WireWriter writer, T value)
    {
        foreach (var member in _members)
        {
            writer.WriteVarUInt(member.Header);
            member.Write(writer, ref value);
        }
    }

    internal void ReadMembers(WireReader reader, ref T value)
    {
        int expected = 0;
        while (reader.Remaining > 0)
        {
            ulong header = reader.ReadVarUInt();
            var member = expected < _members.Length && _members[expected].Header == header
                ? _members[expected]
                : Array.Find(_members, m => m.Header == header);
            expected++;
            if (member is null)
                reader.Skip((WireType)(header & 7));
            else
                member.Read(reader, ref value);
        }
    }

    private static Func<T> Creator()
    {
        if (typeof(T).IsValueType)
            return static () => default!;
        var constructor = typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        if (constructor is null || typeof(Exception).IsAssignableFrom(typeof(T)))
            return static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        return MemberAccess.Constructor<T>(constructor);
    }
}
