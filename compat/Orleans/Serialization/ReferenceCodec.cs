using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Grains and observers travel as references: identity and interface.</summary>
internal sealed class ReferenceCodec<T> : BlockCodec<T>
    where T : class
{
    public override bool IsImmutable => false;

    protected override bool IsExact(T value) => true;

    protected override void WriteBody(WireWriter writer, T value)
    {
        var reference = ToReference(value);
        Codecs.Get<GrainId>().Write(writer, reference.GrainId);
        writer.WriteString(reference.InterfaceName);
    }

    protected override T ReadBody(WireReader reader)
    {
        var grainId = Codecs.Get<GrainId>().Read(reader);
        string name = reader.ReadString() ?? "";
        var declared = typeof(T) == typeof(GrainReference) || typeof(T) == typeof(IAddressable) ? InterfaceMap.Named(name) : InterfaceMap.Of(typeof(T));
        return (T)(object)declared.CreateReference(grainId, CallRuntime.ForReading);
    }

    // A grain that passes itself is passed as a reference, as upstream does through AsReference.
    protected override T CopyBody(T value) => value is GrainReference ? value : (T)ToReference(value).Cast(typeof(T));

    private static GrainReference ToReference(T value) => value switch
    {
        GrainReference reference => reference,
        IGrainBase grain => grain.GrainContext.GrainReference,
        _ => throw new CodecNotFoundException(
            $"{value.GetType()} cannot be passed as {typeof(T)}: make a reference with IGrainFactory.CreateObjectReference first."),
    };
}
