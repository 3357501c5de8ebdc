using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether gradients are computed for this tensor. Only floating-point tensors can; only leaves can stop.</summary>
        public bool requires_grad
        {
            get => NativeMethods.gt_requires_grad(this);
            set => NativeMethods.Check(NativeMethods.gt_set_requires_grad(this, value));
        }

        /// <summary>The gradient collected so far, a new reference at every reading; null before the first backward pass.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.gt_grad(this, out Tensor? gradient));
                return gradient;
            }
            set => NativeMethods.Check(NativeMethods.gt_set_grad(this, value));
        }

        /// <summary>Sets whether gradients are computed for this tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether gradients are computed for this tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad() => NativeMethods.Check(NativeMethods.gt_retain_grad(this));

        /// <summary>Adds the gradients of this tensor, which has one element, to the <see cref="grad"/> of the leaves it was made of.</summary>
        public void backward() => autograd.backward((IList<Tensor>)[this]);

        /// <summary>Adds the gradients of this tensor to the <see cref="grad"/> of the leaves it was made of.</summary>
        /// <param name="grad_tensors">The gradient of the result by this tensor; not needed when it has one element.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="inputs">The leaves to collect for; all when null.</param>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward((IList<Tensor>)[this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
