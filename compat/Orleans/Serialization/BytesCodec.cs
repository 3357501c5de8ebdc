using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>Arrays of numbers as their bytes, little-endian as every machine .NET 10 runs on.</summary>
internal sealed class BytesCodec<T> : BlockCodec<T[]>
    where T : unmanaged
{
    public override bool IsImmutable => false;

    protected override void WriteBody(WireWriter writer, T[] value) => writer.WriteBytes(MemoryMarshal.AsBytes(value.AsSpan()));

    protected override T[] ReadBody(WireReader reader) => MemoryMarshal.Cast<byte, T>(reader.Take(reader.Remaining)).ToArray();

    protected override T[] CopyBody(T[] value) => (T[])value.Clone();
}
