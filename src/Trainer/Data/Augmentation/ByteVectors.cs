using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>Eight bytes as eight floats and back. Element by element, so results do not depend on the width of the hardware's vectors.</summary>
internal static class ByteVectors
{
    /// <summary>Bytes taken at once.</summary>
    public const int Count = 8;

    /// <summary>Eight bytes as floats.</summary>
    /// <param name="source">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref readonly byte source)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(in source);
        Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(eight).AsByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32());
    }

    /// <summary>Stores eight floats as bytes: rounded half up, clamped to 0..255.</summary>
    /// <param name="values">The floats, finite.</param>
    /// <param name="target">The first of eight bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, ref byte target)
    {
        Vector256<float> clamped = Vector256.Min(Vector256.Max(values + Vector256.Create(0.5f), Vector256<float>.Zero), Vector256.Create(255f));
        Vector256<uint> whole = Vector256.ConvertToInt32(clamped).AsUInt32();
        Vector128<ushort> words = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
        Unsafe.WriteUnaligned(ref target, Vector128.Narrow(words, words).AsUInt64().ToScalar());
    }

    /// <summary>One float as <see cref="Store"/> makes it a byte.</summary>
    /// <param name="value">The float, finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Round(float value) => (byte)Math.Min(Math.Max(value + 0.5f, 0f), 255f);
}
