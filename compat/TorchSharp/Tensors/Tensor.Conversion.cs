using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor with elements of another type.</summary>
        /// <param name="type">The type wanted.</param>
        /// <param name="copy">Whether to copy even when nothing changes; otherwise the result then shares the memory.</param>
        /// <param name="disposeAfter">Whether to dispose this tensor.</param>
        /// <param name="non_blocking">Whether a copy between host and device may still run when the call returns.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert((int)type, -1, -1, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>The tensor with elements of another tensor's type.</summary>
        public Tensor type_as(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return to_type(tensor.dtype);
        }

        /// <summary>The tensor on another device; the same memory when it is there already and <paramref name="copy"/> is false.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(-1, (int)deviceType, deviceIndex, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(DeviceType, int, bool, bool, bool)"/>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(device);
            return to(device.type, device.index, copy, disposeAfter, non_blocking);
        }

        /// <inheritdoc cref="to(DeviceType, int, bool, bool, bool)"/>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>The tensor with elements of another type on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(device);
            return Convert((int)type, (int)device.type, device.index, copy, disposeAfter, non_blocking);
        }

        /// <summary>The tensor with another one's type and device.</summary>
        public Tensor to(Tensor other, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(other);
            return to(other.dtype, other.device, non_blocking: non_blocking);
        }

        /// <summary>The tensor in main memory.</summary>
        public Tensor cpu() => to(DeviceType.CPU);

        /// <summary>The tensor on a CUDA device, the current one without <paramref name="device"/>.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking);

        /// <summary>The elements as booleans.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>The elements as unsigned 8-bit integers.</summary>
        public Tensor @byte() => to_type(ScalarType.Byte);

        /// <summary>The elements as 32-bit integers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>The elements as 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>The elements as 16-bit floating-point numbers.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>The elements as 16-bit brain floating-point numbers.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>The elements as 32-bit floating-point numbers.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>The elements as 64-bit floating-point numbers.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>A copy in page-locked memory, from which copies to a CUDA device can run on their own.</summary>
        public Tensor pin_memory() => NativeMethods.Result(NativeMethods.gt_pin_memory(this, out Tensor result), result);

        /// <summary>A copy with its own memory; gradients flow through it.</summary>
        public Tensor clone() => NativeMethods.Result(NativeMethods.gt_clone(this, out Tensor result), result);

        /// <summary>The tensor with its elements row by row: itself, under another reference, when they are so already.</summary>
        public Tensor contiguous() => NativeMethods.Result(NativeMethods.gt_contiguous(this, out Tensor result), result);

        /// <summary>Copies the elements of another tensor, of any type and device, whose shape expands to this one's.</summary>
        /// <returns>This tensor.</returns>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            NativeMethods.Check(NativeMethods.gt_copy_(this, source, nonBlocking));
            return this;
        }

        /// <summary>Makes this tensor another view of a tensor's memory.</summary>
        /// <returns>This tensor.</returns>
        public Tensor set_(Tensor source)
        {
            NativeMethods.Check(NativeMethods.gt_set_(this, source));
            return this;
        }

        internal bool ToWillCopy(ScalarType type, Device target) =>
            type != dtype || target.type != device_type || (target.index >= 0 && target.index != device_index);

        private Tensor Convert(int type, int deviceType, int deviceIndex, bool copy, bool disposeAfter, bool nonBlocking)
        {
            Tensor result = NativeMethods.Result(
                NativeMethods.gt_to(this, type, deviceType, deviceIndex, nonBlocking, copy, out Tensor made), made);
            if (disposeAfter) Dispose();
            return result;
        }
    }
}
