namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves to a device and to a floating-point type.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Convert(dtype, device, non_blocking);

            /// <summary>Moves to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Convert(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Moves to a floating-point type.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Convert(dtype, null, non_blocking);

            // The tensors move inside their objects, so that fields, dictionaries and optimizers go on holding the right ones.
            private Module Convert(ScalarType? dtype, Device? device, bool nonBlocking)
            {
                foreach ((_, Module child) in named_children()) child.Convert(dtype, device, nonBlocking);
                using IDisposable guard = no_grad();
                foreach ((_, Modules.Parameter parameter) in _parameters)
                {
                    using Tensor? gradient = parameter.grad;
                    if (!Move(parameter, dtype, device, nonBlocking) || gradient is null) continue;
                    Move(gradient, dtype, device, nonBlocking);
                    parameter.grad = gradient;
                }

                foreach ((_, Tensor buffer, _) in _buffers) Move(buffer, dtype, device, nonBlocking);
                return this;
            }

            private static bool Move(Tensor tensor, ScalarType? dtype, Device? device, bool nonBlocking)
            {
                ScalarType type = dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;
                Device target = device ?? tensor.device;
                if (!tensor.ToWillCopy(type, target)) return false;
                bool trained = tensor.requires_grad;
                using Tensor moved = tensor.to(type, target, non_blocking: nonBlocking);
                tensor.Adopt(moved);
                if (trained) tensor.requires_grad = true;
                return true;
            }
        }

    }
}
