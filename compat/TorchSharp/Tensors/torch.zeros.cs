using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)size, dtype, device, requires_grad, names);

    /// <summary>A tensor of zeros; 32-bit floating point in main memory unless said otherwise.</summary>
    public static Tensor zeros(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return NativeMethods.Result(
            NativeMethods.gt_zeros(size, size.Length, Options(dtype, device, requires_grad), out Tensor result), result);
    }

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[size], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[size], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <inheritdoc cref="zeros(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor zeros(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        zeros((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
}
