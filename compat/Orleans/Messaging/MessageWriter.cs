using System.Buffers.Binary;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Lays out messages: a 32-bit length, a kind, the call's number, and what the kind needs.</summary>
internal static class MessageWriter
{
    private const byte OneWay = 1;
    private const byte HasContext = 2;

    [ThreadStatic]
    private static WireWriter? _writer;

    public static WireWriter Request(OutgoingCall call, bool oneWay)
    {
        var writer = Begin(MessageKind.Request, call.Correlation);
        writer.WriteByte((byte)((oneWay ? OneWay : 0) | (call.Context is null ? 0 : HasContext)));
        writer.WriteUInt64(call.Method.Id);
        WriteSpan(writer, call.Target.Type.AsSpan());
        WriteSpan(writer, call.Target.Key.AsSpan());
        writer.WriteVarUInt(call.Deadline == long.MaxValue ? 0 : (ulong)Math.Max(1, call.TimeLeft));
        if (call.Context is { } context)
            WriteContext(writer, context);
        call.WriteArguments(writer);
        return End(writer);
    }

    public static WireWriter Result<T>(ulong correlation, Codec<T> codec, T result)
    {
        var writer = Begin(MessageKind.Result, correlation);
        codec.Write(writer, result);
        return End(writer);
    }

    public static WireWriter Failure(ulong correlation, Exception exception)
    {
        var writer = Begin(MessageKind.Failure, correlation);
        Codecs.Get<Exception>().Write(writer, exception);
        return End(writer);
    }

    public static WireWriter Cancel(ulong correlation) => End(Begin(MessageKind.Cancel, correlation));

    /// <summary>A frame of the greeting.</summary>
    public static byte[] Frame<T>(T value)
    {
        var writer = new WireWriter();
        writer.Take(4);
        Codecs.Get<T>().Write(writer, value);
        return End(writer).Written.ToArray();
    }

    public static IncomingRequest ReadRequest(Connection connection, ulong correlation, WireReader reader, out ulong method)
    {
        byte flags = reader.ReadByte();
        method = reader.ReadUInt64();
        var type = GrainTypeTable.Get(reader.Take(reader.ReadCount()));
        var key = new IdSpan(reader.Take(reader.ReadCount()).ToArray());
        ulong time = reader.ReadVarUInt();
        long deadline = time == 0 ? long.MaxValue : Environment.TickCount64 + (long)Math.Min(time, int.MaxValue);
        var context = (flags & HasContext) == 0 ? null : ReadContext(reader);
        return new(connection, correlation, (flags & OneWay) != 0, new(type, key), deadline, context, reader);
    }

    private static WireWriter Begin(MessageKind kind, ulong correlation)
    {
        var writer = _writer ??= new();
        writer.Reset();
        writer.Take(4);
        writer.WriteByte((byte)kind);
        writer.WriteVarUInt(correlation);
        return writer;
    }

    private static WireWriter End(WireWriter writer)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.At(0, 4), writer.Position - 4);
        return writer;
    }

    private static void WriteSpan(WireWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteVarUInt((ulong)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static void WriteContext(WireWriter writer, RequestContextData context)
    {
        Codecs.Get<Guid>().Write(writer, context.ReentrancyId);
        writer.WriteVarUInt((ulong)context.Values.Count);
        foreach (var (key, value) in context.Values)
        {
            writer.WriteString(key);
            Codecs.Get<object>().Write(writer, value);
        }
    }

    private static RequestContextData ReadContext(WireReader reader)
    {
        var id = Codecs.Get<Guid>().Read(reader);
        var values = RequestContextData.Empty.Values;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            string key = reader.ReadString() ?? "";
            values = values.SetItem(key, Codecs.Get<object>().Read(reader));
        }

        return new(values, id);
    }
}
