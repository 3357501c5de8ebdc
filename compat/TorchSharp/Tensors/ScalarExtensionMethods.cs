using System.Globalization;

namespace TorchSharp;

/// <summary>Conversions between numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>A floating-point number.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>A floating-point number.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>A boolean.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The number as 32-bit floating point.</summary>
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    /// <summary>The number as 64-bit floating point.</summary>
    public static double ToDouble(this Scalar value) => value.AsDouble;

    /// <summary>The number as a byte.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static byte ToByte(this Scalar value) => Convert.ToByte(value.AsInt64, CultureInfo.InvariantCulture);

    /// <summary>The number as a 32-bit integer, fractions dropped.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static int ToInt32(this Scalar value) => checked((int)value.AsInt64);

    /// <summary>The number as a 64-bit integer, fractions dropped.</summary>
    public static long ToInt64(this Scalar value) => value.AsInt64;

    /// <summary>Whether the number is not zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
