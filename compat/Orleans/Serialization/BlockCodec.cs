using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Lays values out as blocks: null, a value of the declared type itself, or a value of a derived type with that type's name.</summary>
internal abstract class BlockCodec<T> : Codec<T>
{
    private const byte Exact = 0;
    private const byte Derived = 1;

    public sealed override WireType WireType => WireType.Block;

    public sealed override void Write(WireWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteInt32(-1);
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        int start = writer.BeginBlock();
        if (typeof(T).IsValueType)
        {
            WriteBody(writer, value);
        }
        else if (IsExact(value))
        {
            writer.WriteByte(Exact);
            WriteBody(writer, value);
        }
        else
        {
            writer.WriteByte(Derived);
            var codec = Codecs.Get(value.GetType());
            TypeNames.Write(writer, value.GetType());
            codec.WriteObject(writer, value);
        }

        writer.EndBlock(start);
    }

    public sealed override T Read(WireReader reader)
    {
        if (!reader.EnterBlock(out int outerEnd))
            return default!;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        T value = typeof(T).IsValueType || reader.ReadByte() == Exact ? ReadBody(reader) : ReadDerived(reader);
        reader.LeaveBlock(outerEnd);
        return value;
    }

    public sealed override T Copy(T value)
    {
        if (value is null)
            return value;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return typeof(T).IsValueType || IsExact(value) ? CopyBody(value) : (T)Codecs.Get(value.GetType()).CopyObject(value);
    }

    protected abstract void WriteBody(WireWriter writer, T value);

    protected abstract T ReadBody(WireReader reader);

    protected abstract T CopyBody(T value);

    /// <summary>Whether the value is one of the codec's own, not of a derived type with a codec of its own.</summary>
    protected virtual bool IsExact(T value) => value!.GetType() == typeof(T);

    private static T ReadDerived(WireReader reader)
    {
        var type = TypeNames.TryRead(reader, out string name);
        if (type is null)
            return ReadUnknown(reader, name);
        if (!typeof(T).IsAssignableFrom(type))
            throw new SerializerException($"A {type} where a {typeof(T)} is expected: the data is damaged.");
        return (T)Codecs.Get(type).ReadObject(reader)!;
    }

    // The message of an exception matters more than its type.
    private static T ReadUnknown(WireReader reader, string name)
    {
        if (typeof(T) != typeof(Exception))
            throw TypeNames.Unknown(name);
        var exception = Codecs.Get<UnavailableExceptionFallbackException>().Read(reader);
        exception.ExceptionType = name;
        return (T)(object)exception;
    }
}
