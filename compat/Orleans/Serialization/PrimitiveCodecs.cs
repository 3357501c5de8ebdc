using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>The codecs of the types that are single values.</summary>
internal static class PrimitiveCodecs
{
    public static readonly Dictionary<Type, Codec> All = new Codec[]
    {
        Number(static v => v ? 1 : 0, static n => n != 0),
        Number(static (byte v) => v, static n => (byte)n),
        Number(static (sbyte v) => v, static n => (sbyte)n),
        Number(static (short v) => v, static n => (short)n),
        Number(static (ushort v) => v, static n => (ushort)n),
        Number(static (int v) => v, static n => (int)n),
        Number(static (uint v) => v, static n => (uint)n),
        Number(static (long v) => v, static n => n),
        Number(static (ulong v) => (long)v, static n => (ulong)n),
        Number(static (char v) => v, static n => (char)n),
        Number(static (TimeSpan v) => v.Ticks, static n => new TimeSpan(n)),
        Number(static (DateOnly v) => v.DayNumber, static n => DateOnly.FromDayNumber((int)n)),
        Number(static (TimeOnly v) => v.Ticks, static n => new TimeOnly(n)),
        new ValueCodec<float>(WireType.Fixed32, static (w, v) => w.WriteUInt32(BitConverter.SingleToUInt32Bits(v)), static r => BitConverter.UInt32BitsToSingle(r.ReadUInt32())),
        new ValueCodec<double>(WireType.Fixed64, static (w, v) => w.WriteUInt64(BitConverter.DoubleToUInt64Bits(v)), static r => BitConverter.UInt64BitsToDouble(r.ReadUInt64())),
        new ValueCodec<DateTime>(WireType.Fixed64, static (w, v) => w.WriteUInt64((ulong)v.ToBinary()), static r => DateTime.FromBinary((long)r.ReadUInt64())),
        new ValueCodec<Guid>(WireType.Fixed128, static (w, v) => v.TryWriteBytes(w.Take(16)), static r => new Guid(r.Take(16))),
        new ValueCodec<decimal>(WireType.Fixed128, WriteDecimal, static r => new decimal(MemoryMarshal.Cast<byte, int>(r.Take(16)))),
        new ValueCodec<DateTimeOffset>(WireType.Fixed128, WriteDateTimeOffset, ReadDateTimeOffset),
        new ValueCodec<CancellationToken>(WireType.VarInt, static (w, _) => w.WriteByte(0), ReadToken),
        new ValueCodec<Unit>(WireType.VarInt, static (w, _) => w.WriteByte(0), static r => r.ReadVarUInt() == 0 ? default : default),
        new ValueCodec<string>(WireType.Block, static (w, v) => w.WriteString(v), static r => r.ReadString()!),
        Text(static v => v.OriginalString, static s => new Uri(s, UriKind.RelativeOrAbsolute)),
        Text(static v => v.ToString(), Version.Parse),
        Text(static v => v.ToString(), IPAddress.Parse),
        Text(static v => v.ToString(), IPEndPoint.Parse),
        Text(static v => v.Name, CultureInfo.GetCultureInfo),
        Bytes(static (IdSpan v) => v, static s => s),
        Bytes(static (GrainType v) => v.Value, static s => new GrainType(s)),
        Bytes(static (GrainInterfaceType v) => v.Value, static s => new GrainInterfaceType(s)),
        new ValueCodec<GrainId>(WireType.Block, WriteGrainId, ReadGrainId),
    }.ToDictionary(static c => c.GetType().GetGenericArguments()[0]);

    private static ValueCodec<T> Number<T>(Func<T, long> toNumber, Func<long, T> fromNumber) =>
        new(WireType.VarInt, (w, v) => w.WriteVarInt(toNumber(v)), r => fromNumber(r.ReadVarInt()));

    private static ValueCodec<T> Text<T>(Func<T, string> toText, Func<string, T> fromText)
        where T : class => new(
            WireType.Block,
            (w, v) => w.WriteString(v is null ? null : toText(v)),
            r => r.ReadString() is { } text ? fromText(text) : null!);

    private static ValueCodec<T> Bytes<T>(Func<T, IdSpan> toSpan, Func<IdSpan, T> fromSpan) =>
        new(WireType.Block, (w, v) => WriteSpan(w, toSpan(v)), r => fromSpan(ReadSpan(r)));

    private static void WriteSpan(WireWriter writer, IdSpan span)
    {
        writer.WriteInt32(span.AsSpan().Length);
        writer.WriteBytes(span.AsSpan());
    }

    private static IdSpan ReadSpan(WireReader reader)
    {
        int length = reader.ReadInt32();
        return length <= 0 ? default : new(reader.Take(length).ToArray());
    }

    private static void WriteGrainId(WireWriter writer, GrainId id)
    {
        int start = writer.BeginBlock();
        WriteSpan(writer, id.Type.Value);
        WriteSpan(writer, id.Key);
        writer.EndBlock(start);
    }

    private static GrainId ReadGrainId(WireReader reader)
    {
        if (!reader.EnterBlock(out int outerEnd))
            return default;
        var id = new GrainId(new GrainType(ReadSpan(reader)), ReadSpan(reader));
        reader.LeaveBlock(outerEnd);
        return id;
    }

    private static void WriteDecimal(WireWriter writer, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        writer.WriteBytes(MemoryMarshal.AsBytes(bits));
    }

    private static void WriteDateTimeOffset(WireWriter writer, DateTimeOffset value)
    {
        writer.WriteUInt64((ulong)value.Ticks);
        writer.WriteUInt64((ulong)value.Offset.Ticks);
    }

    private static DateTimeOffset ReadDateTimeOffset(WireReader reader)
    {
        long ticks = (long)reader.ReadUInt64();
        return new(ticks, new TimeSpan((long)reader.ReadUInt64()));
    }

    // The token itself is set by the call that carries it: it stands for a message that may follow.
    private static CancellationToken ReadToken(WireReader reader)
    {
        reader.ReadVarUInt();
        return default;
    }
}
