namespace TorchSharp;

public static partial class torch
{
    /// <summary>The types of elements, numbered as in libtorch.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,

        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,

        /// <summary>16-bit integer.</summary>
        Int16 = 2,

        /// <summary>32-bit integer.</summary>
        Int32 = 3,

        /// <summary>64-bit integer.</summary>
        Int64 = 4,

        /// <summary>16-bit floating point, 5 bits of exponent.</summary>
        Float16 = 5,

        /// <summary>32-bit floating point.</summary>
        Float32 = 6,

        /// <summary>64-bit floating point.</summary>
        Float64 = 7,

        /// <summary>Two 32-bit floating-point numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Two 64-bit floating-point numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>Boolean, one byte.</summary>
        Bool = 11,

        /// <summary>16-bit floating point, 8 bits of exponent.</summary>
        BFloat16 = 15,
    }

    /// <summary>Unsigned 8-bit integer.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integer.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>16-bit integer.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>32-bit integer.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit integer.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>16-bit brain floating point.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>16-bit floating point.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>32-bit floating point.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floating point.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>Boolean.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    private static ScalarType DefaultType = ScalarType.Float32;
    private static Device? DefaultDevice;

    /// <summary>Whether a type holds integers (booleans are not).</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;

    /// <summary>Whether a type holds real floating-point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether a type holds complex numbers.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>The type of new tensors whose type is not given, at first Float32.</summary>
    public static ScalarType get_default_dtype() => DefaultType;

    /// <summary>Sets the type of new tensors whose type is not given.</summary>
    public static void set_default_dtype(ScalarType dtype) => DefaultType = dtype;

    /// <summary>The device of new tensors whose device is not given, at first the CPU.</summary>
    public static Device get_default_device() => DefaultDevice ?? CPU;

    /// <summary>Sets the device of new tensors whose device is not given.</summary>
    public static void set_default_device(Device device) => DefaultDevice = device;
}
