using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether two tensors have the same shape and elements.</summary>
        public bool Equals(Tensor target)
        {
            if (ReferenceEquals(this, target)) return true;
            if (target is null || IsInvalid || target.IsInvalid) return false;
            NativeMethods.Check(NativeMethods.gt_identical(this, target, out int same));
            return same != 0;
        }

        /// <summary>Whether two tensors are equal within |a - b| &lt;= atol + rtol |b|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            NativeMethods.Check(NativeMethods.gt_allclose(this, target, rtol, atol, equal_nan, out int close));
            return close != 0;
        }
    }
}
