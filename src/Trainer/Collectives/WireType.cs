namespace Granary.Trainer.Collectives;

/// <summary>How numbers travel between ranks. All ranks of an attempt use the same.</summary>
internal enum WireType
{
    /// <summary>As they are, 4 bytes.</summary>
    Float32 = 0,

    /// <summary>2 bytes with 8 bits of precision and the whole range of float32: each hop rounds by at most 2^-8 of the number.</summary>
    BFloat16 = 1,

    /// <summary>2 bytes with 11 bits of precision: each hop rounds by at most 2^-11 of the number; beyond 65,504 it is infinite.</summary>
    Float16 = 2,
}
