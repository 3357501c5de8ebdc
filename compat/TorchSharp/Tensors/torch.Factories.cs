using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The numbers from start to before stop.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">The bound, which is not reached.</param>
    /// <param name="step">The distance, not 0.</param>
    /// <param name="dtype">The type; of integers Int64, else the default.</param>
    /// <param name="device">The device; main memory unless given.</param>
    /// <param name="requires_grad">Whether gradients are collected.</param>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        NativeMethods.Result(
            NativeMethods.gt_arange(start, stop, step, Options(dtype ?? RangeType(start, stop, step), device, requires_grad), out Tensor result),
            result);

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers from start to end, both included.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        NativeMethods.Result(NativeMethods.gt_linspace(start, end, steps, Options(dtype, device, requires_grad), out Tensor result), result);

    /// <summary>A matrix with ones on its diagonal; square without <paramref name="columns"/>.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return NativeMethods.Result(
            NativeMethods.gt_eye(rows, columns < 0 ? rows : columns, Options(dtype, device, requires_grad), out Tensor result), result);
    }

    /// <summary>A random order of the numbers from 0 to n - 1, as Int64 unless said otherwise.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        NativeMethods.Result(
            NativeMethods.gt_randperm(n, generator, Options(dtype ?? ScalarType.Int64, device, requires_grad), out Tensor result), result);

    /// <summary>Uniform random integers from low to before high, as Int64 unless said otherwise.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        FactoryOptions options = Options(dtype ?? ScalarType.Int64, device, requires_grad);
        return NativeMethods.Result(NativeMethods.gt_randint(low, high, size, size.Length, generator, options, out Tensor result), result);
    }

    /// <inheritdoc cref="randint(long, long, long[], ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>A tensor with the array's shape and a copy of its elements.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <inheritdoc cref="from_array(Array, Device?)"/>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        RefuseNames(names);
        ScalarType type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        var shape = new long[rawArray.Rank];
        for (int axis = 0; axis < shape.Length; axis++) shape[axis] = rawArray.GetLongLength(axis);
        return FromBytes(ArrayBytes(rawArray, ElementTypes.Size(type)), type, shape, dtype, device, requires_grad);
    }

    /// <summary>A vector with a copy of an array's bytes read as elements of a type. Upstream shares the memory instead.</summary>
    /// <param name="rawArray">The array.</param>
    /// <param name="dtype">The type to read the bytes as.</param>
    /// <param name="count">How many elements; all that follow the offset when negative.</param>
    /// <param name="offset">Where to begin, in elements.</param>
    /// <param name="requires_grad">Whether gradients are collected.</param>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        int size = ElementTypes.Size(dtype);
        ReadOnlySpan<byte> all = ArrayBytes(rawArray, ElementTypes.Size(ElementTypes.Of(rawArray.GetType().GetElementType()!)));
        if (count < 0) count = (all.Length / size) - offset;
        return FromBytes(all.Slice((int)(offset * size), (int)(count * size)), dtype, [count], null, null, requires_grad);
    }

    private static unsafe ReadOnlySpan<byte> ArrayBytes(Array array, int elementSize) =>
        array.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * elementSize);

    private static Tensor FromArray<T>(
        T[] array, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        RefuseNames(names);
        return FromSpan<T>(array, shape, dtype, device, requiresGrad);
    }

    private static Tensor FromMultidimensional<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged => from_array(array, dtype, device, requiresGrad, names);

    private static Tensor FromSpan<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names = null)
        where T : unmanaged
    {
        RefuseNames(names);
        return FromBytes(MemoryMarshal.AsBytes(values), ElementTypes.Of<T>(), shape, dtype, device, requiresGrad);
    }

    private static Tensor FromBytes(
        ReadOnlySpan<byte> bytes, ScalarType type, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        bool convert = dtype is { } wanted && wanted != type;
        FactoryOptions options = Options(type, device, requiresGrad && !convert);
        Tensor made = NativeMethods.Result(
            NativeMethods.gt_from_bytes(bytes, bytes.Length, shape, shape.Length, options, out Tensor result), result);
        return convert ? made.to_type(dtype!.Value, disposeAfter: true).requires_grad_(requiresGrad) : made;
    }

    private static FactoryOptions Options(ScalarType? dtype, Device? device, bool requiresGrad)
    {
        Device? on = device ?? DefaultDevice;
        return new FactoryOptions((int)(dtype ?? DefaultType), (int)(on?.type ?? DeviceType.CPU), on?.index ?? -1, requiresGrad ? 1 : 0);
    }

    private static ScalarType RangeType(Scalar start, Scalar stop, Scalar step) =>
        start.IsInteger && stop.IsInteger && step.IsInteger ? ScalarType.Int64 : DefaultType;

    private static void RefuseNames(string[]? names)
    {
        if (names is not null) throw new NotSupportedException("Named axes are not supported; leave names out.");
    }
}
