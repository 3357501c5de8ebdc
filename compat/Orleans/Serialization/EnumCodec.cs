using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>An enum as its number.</summary>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    public override WireType WireType => WireType.VarInt;

    public override bool IsImmutable => true;

    public override void Write(WireWriter writer, T value) => writer.WriteVarInt(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, sbyte>(value),
        2 => Unsafe.BitCast<T, short>(value),
        4 => Unsafe.BitCast<T, int>(value),
        _ => Unsafe.BitCast<T, long>(value),
    });

    public override T Read(WireReader reader)
    {
        long number = reader.ReadVarInt();
        return Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<sbyte, T>((sbyte)number),
            2 => Unsafe.BitCast<short, T>((short)number),
            4 => Unsafe.BitCast<int, T>((int)number),
            _ => Unsafe.BitCast<long, T>(number),
        };
    }

    public override T Copy(T value) => value;
}
