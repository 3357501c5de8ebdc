namespace Orleans.Serialization;

/// <summary>A block that holds the value, or null.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private readonly Codec<T> _codec = Codecs.Get<T>();

    public override WireType WireType => WireType.Block;

    public override bool IsImmutable => _codec.IsImmutable;

    public override void Write(WireWriter writer, T? value)
    {
        if (value is not { } present)
        {
            writer.WriteInt32(-1);
            return;
        }

        int start = writer.BeginBlock();
        _codec.Write(writer, present);
        writer.EndBlock(start);
    }

    public override T? Read(WireReader reader)
    {
        if (!reader.EnterBlock(out int outerEnd))
            return null;
        T value = _codec.Read(reader);
        reader.LeaveBlock(outerEnd);
        return value;
    }

    public override T? Copy(T? value) => value is { } present ? _codec.Copy(present) : null;
}
