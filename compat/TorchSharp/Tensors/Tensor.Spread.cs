using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The standard deviation of all elements; unbiased divides by n - 1.</summary>
        public Tensor std(bool unbiased = true) =>
            NativeMethods.Result(NativeMethods.gt_std(this, [], 0, unbiased, false, out Tensor result), result);

        /// <summary>The standard deviations along axes.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(NativeMethods.Result(NativeMethods.gt_std(this, dimensions, dimensions.Length, unbiased, keepdim, out Tensor result), result), type);

        /// <summary>The standard deviations along axes.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        /// <summary>The standard deviations along an axis.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);

        /// <summary>The variance of all elements; unbiased divides by n - 1.</summary>
        public Tensor var(bool unbiased = true) =>
            NativeMethods.Result(NativeMethods.gt_var(this, [], 0, unbiased, false, out Tensor result), result);

        /// <summary>The variances along axes.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(NativeMethods.Result(NativeMethods.gt_var(this, dimensions, dimensions.Length, unbiased, keepdim, out Tensor result), result), type);

        /// <summary>The variances along axes.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        /// <summary>The variances along an axis.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);

        /// <summary>The standard deviation and the mean of all elements, in one pass.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true)
        {
            NativeMethods.Check(NativeMethods.gt_std_mean(this, [], 0, unbiased, false, out Tensor first, out Tensor second));
            return (first, second);
        }

        /// <summary>The variance and the mean of all elements, in one pass.</summary>
        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true)
        {
            NativeMethods.Check(NativeMethods.gt_var_mean(this, [], 0, unbiased, false, out Tensor first, out Tensor second));
            return (first, second);
        }

        private static Tensor Typed(Tensor result, ScalarType? type)
        {
            if (type is not { } wanted || result.dtype == wanted) return result;
            return result.to_type(wanted, disposeAfter: true);
        }
    }
}
