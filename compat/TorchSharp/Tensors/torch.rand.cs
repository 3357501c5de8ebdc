using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform random numbers from 0 (included) to 1 (excluded).</summary>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        return NativeMethods.Result(
            NativeMethods.gt_rand(size, size.Length, generator, Options(dtype, device, requires_grad), out Tensor result), result);
    }

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor rand(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);
}
