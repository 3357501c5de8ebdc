using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements; of integers in 64 bits.</summary>
        public Tensor sum(ScalarType? type = null) =>
            NativeMethods.Result(NativeMethods.gt_sum_dims(this, [], 0, false, Code(type), out Tensor result), result);

        /// <summary>The sums along axes.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            NativeMethods.Result(NativeMethods.gt_sum_dims(this, dim, dim.Length, keepdim, Code(type), out Tensor result), result);

        /// <summary>The sums along axes.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        /// <summary>The sums along an axis.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)[dim], keepdim, type);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => NativeMethods.Result(NativeMethods.gt_mean(this, out Tensor result), result);

        /// <summary>The means along axes.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            NativeMethods.Result(NativeMethods.gt_mean_dims(this, dimensions, dimensions.Length, keepdim, Code(type), out Tensor result), result);

        /// <summary>The products along an axis.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            NativeMethods.Result(NativeMethods.gt_prod_dim(this, dim, keepdim, Code(type), out Tensor result), result);

        /// <summary>The greatest element.</summary>
        public Tensor max() => NativeMethods.Result(NativeMethods.gt_max(this, out Tensor result), result);

        /// <summary>The least element.</summary>
        public Tensor min() => NativeMethods.Result(NativeMethods.gt_min(this, out Tensor result), result);

        /// <summary>The greater of the elements.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The lesser of the elements.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The median of all elements; of an even number, the lower middle one.</summary>
        public Tensor median() => NativeMethods.Result(NativeMethods.gt_median(this, out Tensor result), result);

        /// <summary>Whether all elements are not zero.</summary>
        public Tensor all() => NativeMethods.Result(NativeMethods.gt_all(this, out Tensor result), result);

        /// <summary>Whether all elements along an axis are not zero.</summary>
        public Tensor all(long dim, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_all_dim(this, dim, keepdim, out Tensor result), result);

        /// <summary>Whether any element is not zero.</summary>
        public Tensor any() => NativeMethods.Result(NativeMethods.gt_any(this, out Tensor result), result);

        /// <summary>Whether any element along an axis is not zero.</summary>
        public Tensor any(long dim, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_any_dim(this, dim, keepdim, out Tensor result), result);

        /// <summary>The position of the greatest element in the flattened tensor.</summary>
        public Tensor argmax() => NativeMethods.Result(NativeMethods.gt_argmax(this, out Tensor result), result);

        /// <summary>The positions of the greatest elements along an axis.</summary>
        public Tensor argmax(long dim, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_argmax_dim(this, dim, keepdim, out Tensor result), result);

        /// <summary>The position of the least element in the flattened tensor.</summary>
        public Tensor argmin() => NativeMethods.Result(NativeMethods.gt_argmin(this, out Tensor result), result);

        /// <summary>The positions of the least elements along an axis.</summary>
        public Tensor argmin(long dim, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_argmin_dim(this, dim, keepdim, out Tensor result), result);

        /// <summary>The positions that would sort the elements along an axis.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) =>
            NativeMethods.Result(NativeMethods.gt_argsort(this, dim, descending, out Tensor result), result);

        /// <summary>The greatest elements along axes.</summary>
        public Tensor amax(params long[] dims) =>
            NativeMethods.Result(NativeMethods.gt_amax(this, dims, dims.Length, false, out Tensor result), result);

        /// <summary>The least elements along axes.</summary>
        public Tensor amin(params long[] dims) =>
            NativeMethods.Result(NativeMethods.gt_amin(this, dims, dims.Length, false, out Tensor result), result);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => NativeMethods.Result(NativeMethods.gt_norm(this, p, out Tensor result), result);

        /// <summary>The p-norms along an axis.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            NativeMethods.Result(NativeMethods.gt_norm_dim(this, p, dim, keepdim, out Tensor result), result);

        /// <summary>How many elements are not zero, along axes or in all, in 64 bits.</summary>
        public Tensor count_nonzero(long[]? dims = null) =>
            NativeMethods.Result(NativeMethods.gt_count_nonzero(this, dims, dims?.Length ?? 0, out Tensor result), result);

        /// <summary>How many elements fall into each of equal bins from min to max; both 0 means the range of the elements.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) =>
            NativeMethods.Result(NativeMethods.gt_histc(this, bins, min, max, out Tensor result), result);

        /// <summary>How often each of the numbers 0, 1, ... occurs, or the sum of their weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) =>
            NativeMethods.Result(NativeMethods.gt_bincount(this, weights, minlength, out Tensor result), result);

        /// <summary>The running sums along an axis.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) =>
            NativeMethods.Result(NativeMethods.gt_cumsum(this, dim, Code(type), out Tensor result), result);

        /// <summary>The quantiles (from 0 to 1) along an axis.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_quantile(this, q, dim, keepdim, out Tensor result), result);

        /// <summary>The logarithm of the sum of exponentials along an axis.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            NativeMethods.Result(NativeMethods.gt_logsumexp(this, dim, keepdim, out Tensor result), result);

        /// <summary>The greatest elements along an axis and their positions.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            NativeMethods.Check(NativeMethods.gt_max_dim(this, dim, keepdim, out Tensor first, out Tensor second));
            return (first, second);
        }

        /// <summary>The least elements along an axis and their positions.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            NativeMethods.Check(NativeMethods.gt_min_dim(this, dim, keepdim, out Tensor first, out Tensor second));
            return (first, second);
        }

        /// <summary>The k greatest (or least) elements along an axis and their positions.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            NativeMethods.Check(NativeMethods.gt_topk(this, k, dim, largest, sorted, out Tensor first, out Tensor second));
            return (first, second);
        }

        /// <summary>The elements sorted along an axis and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            NativeMethods.Check(NativeMethods.gt_sort(this, dim, descending, stable, out Tensor first, out Tensor second));
            return (first, second);
        }
    }
}
