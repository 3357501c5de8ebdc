namespace Granary.Trainer.Collectives;

/// <summary>
/// The arithmetic of the ring on numbers as they travel. Each number is handled on its own, so how wide the vectors are does not show in
/// the results. Lengths of the arguments always belong together; nothing is checked here.
/// </summary>
internal abstract class WireFormat
{
    /// <summary>Bytes of one number on the wire.</summary>
    public abstract int ElementBytes { get; }

    /// <summary>The format of that type.</summary>
    /// <param name="type">How numbers travel.</param>
    public static WireFormat Of(WireType type) => type switch
    {
        WireType.Float32 => new Float32Wire(),
        WireType.BFloat16 => new HalfWidthWire<BFloat16Rounding>(),
        WireType.Float16 => new HalfWidthWire<Float16Rounding>(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such wire type."),
    };

    /// <summary>Puts numbers on the wire.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="wire">Where they go.</param>
    public abstract void Write(ReadOnlySpan<float> values, Span<byte> wire);

    /// <summary>Takes numbers from the wire.</summary>
    /// <param name="wire">What arrived.</param>
    /// <param name="values">Replaced.</param>
    public abstract void Read(ReadOnlySpan<byte> wire, Span<float> values);

    /// <summary>Adds this rank's numbers to a partial sum and passes it on.</summary>
    /// <param name="wire">The partial sum that arrived.</param>
    /// <param name="values">This rank's numbers.</param>
    /// <param name="next">The partial sum for the next rank.</param>
    public abstract void Add(ReadOnlySpan<byte> wire, ReadOnlySpan<float> values, Span<byte> next);

    /// <summary>
    /// Completes a sum: adds this rank's numbers, scales, and keeps exactly what the others will take from the wire.
    /// </summary>
    /// <param name="wire">The partial sum that arrived.</param>
    /// <param name="values">This rank's numbers; replaced by the result.</param>
    /// <param name="scale">What the sum is multiplied by.</param>
    /// <param name="next">The result for the next rank.</param>
    public abstract void Finish(ReadOnlySpan<byte> wire, Span<float> values, float scale, Span<byte> next);
}
