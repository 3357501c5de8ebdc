using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Tensors joined along an axis they have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Cat(HandleList.Of(tensors), dim, tensors);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Cat(HandleList.Of(tensors), dim, tensors);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of one shape joined along a new axis.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        Tensor[] kept = [.. tensors];
        nint[] handles = HandleList.Of(kept);
        Tensor joined = NativeMethods.Result(NativeMethods.gt_stack(handles, handles.Length, dim, out Tensor result), result);
        GC.KeepAlive(kept);
        return joined;
    }

    /// <summary>The elements of x where the condition is true, of y elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <summary>The axes from start_dim to end_dim made one.</summary>
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    /// <summary>The same elements in another shape.</summary>
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    /// <summary>The axes in another order.</summary>
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    /// <summary>Two axes exchanged.</summary>
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    /// <summary>The axes of length 1 taken away, or one of them.</summary>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <summary>A new axis of length 1.</summary>
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    /// <summary>At most that many parts of an axis.</summary>
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    /// <summary>The elements in reverse order along axes.</summary>
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    /// <summary>The elements that index names along an axis.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <summary>The places of an axis that a vector of indices names.</summary>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <summary>How many elements fall into each of equal bins from min to max.</summary>
    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => input.histc(bins, min, max);

    /// <summary>How often each of the numbers 0, 1, ... occurs.</summary>
    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);

    /// <summary>The k greatest (or least) elements along an axis and their positions.</summary>
    public static (Tensor values, Tensor indices) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) =>
        tensor.topk(k, dim, largest, sorted);

    /// <summary>The elements sorted along an axis and where they were.</summary>
    public static (Tensor values, Tensor indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    /// <summary>Whether two tensors are equal within |a - b| &lt;= atol + rtol |b|.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    private static Tensor Cat(nint[] handles, long dim, object tensors)
    {
        Tensor joined = NativeMethods.Result(NativeMethods.gt_cat(handles, handles.Length, dim, out Tensor result), result);
        GC.KeepAlive(tensors);
        return joined;
    }
}
