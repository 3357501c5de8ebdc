using System.Collections;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>An exception as its message, stack, cause and, where its type numbers members, those.</summary>
internal sealed class ExceptionCodec<T> : BlockCodec<T>
    where T : Exception
{
    private readonly ObjectCodec<T>? _members = typeof(T).IsDefined(typeof(GenerateSerializerAttribute), inherit: true) ? new ObjectCodec<T>() : null;

    // Inside a process the caller gets the exception itself, with its stack.
    public override bool IsImmutable => true;

    // Every exception type travels; those without a codec of their own as what they are.
    protected override void WriteBody(WireWriter writer, T value)
    {
        writer.WriteString(value.Message);
        writer.WriteString(value.StackTrace);
        writer.WriteInt32(value.HResult);
        var inner = value is AggregateException aggregate ? [.. aggregate.InnerExceptions] : value.InnerException is { } one ? new[] { one } : [];
        writer.WriteVarUInt((ulong)inner.Length);
        foreach (var exception in inner)
            Codecs.Get<Exception>().Write(writer, exception);
        WriteData(writer, value.Data);
        _members?.WriteMembers(writer, value);
    }

    protected override T ReadBody(WireReader reader)
    {
        string message = reader.ReadString() ?? "";
        string? stack = reader.ReadString();
        int result = reader.ReadInt32();
        var inner = new Exception[reader.ReadCount()];
        for (int i = 0; i < inner.Length; i++)
            inner[i] = Codecs.Get<Exception>().Read(reader);
        T value = typeof(T) == typeof(AggregateException)
            ? (T)(Exception)new AggregateException(inner)
            : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        ExceptionFields.Set(value, message, stack, result, inner.Length > 0 ? inner[0] : null);
        ReadData(reader, value);
        _members?.ReadMembers(reader, ref value);
        return value;
    }

    protected override T CopyBody(T value) => value;

    private static void WriteData(WireWriter writer, IDictionary data)
    {
        var texts = data.Cast<DictionaryEntry>().Where(static e => e.Key is string && e.Value is string).ToArray();
        writer.WriteVarUInt((ulong)texts.Length);
        foreach (var entry in texts)
        {
            writer.WriteString((string)entry.Key);
            writer.WriteString((string)entry.Value!);
        }
    }

    private static void ReadData(WireReader reader, T value)
    {
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            string key = reader.ReadString() ?? "";
            value.Data[key] = reader.ReadString();
        }
    }
}
