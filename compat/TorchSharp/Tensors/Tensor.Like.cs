using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Zeros in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_zeros_like(this, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>Ones in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_ones_like(this, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>Whatever the memory held in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_empty_like(this, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>Uniform random numbers from 0 to before 1 in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_rand_like(this, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>Normal random numbers in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_randn_like(this, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>One value in this tensor's shape, and in its type and on its device unless given.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            NativeMethods.Result(NativeMethods.gt_full_like(this, value, LikeOptions(dtype, device, requires_grad), out Tensor result), result);

        /// <summary>A tensor made with <c>zeros</c>, of this tensor's type and on its device unless given.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor made with <c>ones</c>, of this tensor's type and on its device unless given.</summary>
        public Tensor new_ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor made with <c>empty</c>, of this tensor's type and on its device unless given.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        private static FactoryOptions LikeOptions(ScalarType? dtype, Device? device, bool requiresGrad) =>
            new(Code(dtype), device is null ? -1 : (int)device.type, device?.index ?? -1, requiresGrad ? 1 : 0);
    }
}
