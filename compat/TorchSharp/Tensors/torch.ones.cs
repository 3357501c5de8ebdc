using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)size, dtype, device, requires_grad, names);

    /// <summary>A tensor of ones; 32-bit floating point in main memory unless said otherwise.</summary>
    public static Tensor ones(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return NativeMethods.Result(
            NativeMethods.gt_ones(size, size.Length, Options(dtype, device, requires_grad), out Tensor result), result);
    }

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[size], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[size], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <inheritdoc cref="ones(ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor ones(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ones((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);
}
