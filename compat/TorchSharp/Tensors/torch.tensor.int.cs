namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without axes that holds one number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>([scalar], [], null, device, requires_grad);

    /// <summary>A vector with a copy of the numbers.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray(rawArray, [rawArray.LongLength], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers, the last axis running fastest.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector with a copy of the numbers.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers, the last axis running fastest.</summary>
    public static Tensor tensor(
        IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers, the last axis running fastest.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromArray([.. rawArray], [rows, columns], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers, the last axis running fastest.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromArray([.. rawArray], [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers, the last axis running fastest.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromArray([.. rawArray], [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <summary>A tensor with the array's shape and a copy of its numbers.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMultidimensional<int>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor with the array's shape and a copy of its numbers.</summary>
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMultidimensional<int>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor with the array's shape and a copy of its numbers.</summary>
    public static Tensor tensor(int[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMultidimensional<int>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape with a copy of the numbers.</summary>
    public static Tensor tensor(
        Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromSpan<int>(rawArray.Span, dimensions, dtype, device, requires_grad, names);
}
