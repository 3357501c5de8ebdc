namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module trains.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>Takes over a tensor, which is then as if disposed; its dispose scope goes with it.</summary>
        /// <param name="data">The values; a leaf.</param>
        /// <param name="requires_grad">Whether gradients are computed for it.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(TakeOver(data, out DisposeScope? scope))
        {
            MoveToOtherDisposeScope(scope);
            this.requires_grad = requires_grad;
        }

        private static nint TakeOver(torch.Tensor data, out DisposeScope? scope)
        {
            ArgumentNullException.ThrowIfNull(data);
            scope = data.OwningDisposeScope;
            return data.DecoupleFromNativeHandle();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a tensor a parameter, see <see cref="Modules.Parameter"/>.</summary>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
