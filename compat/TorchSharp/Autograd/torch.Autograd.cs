using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of outputs by inputs, without touching anyone's <see cref="Tensor.grad"/>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">By what.</param>
        /// <param name="grad_outputs">The gradient of the result by each output; not needed for outputs of one element.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="allow_unused">Whether an input that the outputs do not depend on gives null instead of an error.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            nint[] from = HandleList.Of(outputs), by = HandleList.Of(inputs), given = grad_outputs is null ? [] : HandleList.Of(grad_outputs);
            var handles = new nint[by.Length];
            NativeMethods.Check(NativeMethods.gt_autograd_grad(
                from, from.Length, given, given.Length, by, by.Length, retain_graph || create_graph, create_graph, allow_unused, handles));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(handles, handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Adds the gradients of tensors to the <see cref="Tensor.grad"/> of the leaves they were made of.</summary>
        /// <param name="tensors">What is differentiated.</param>
        /// <param name="grad_tensors">The gradient of the result by each tensor; not needed for tensors of one element.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass; as <paramref name="create_graph"/> when null.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="inputs">The leaves to collect for; all when null.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            nint[] from = HandleList.Of(tensors);
            nint[] given = grad_tensors is null ? [] : HandleList.Of(grad_tensors);
            nint[] leaves = inputs is null ? [] : HandleList.Of(inputs);
            NativeMethods.Check(NativeMethods.gt_backward(
                from, from.Length, given, given.Length, retain_graph ?? create_graph, create_graph, leaves, leaves.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);
    }

    /// <summary>Stops recording operations on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Records operations on this thread, or not, until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Records operations on this thread, or not, until the result is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Whether operations on this thread are recorded.</summary>
    public static bool is_grad_enabled() => NativeMethods.gt_grad_enabled();

    /// <summary>
    /// Stops recording on this thread until the result is disposed; tensors made meanwhile can never take part in a recorded operation.
    /// </summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.gt_inference_enabled();

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = NativeMethods.gt_grad_enabled();

        internal GradMode(bool enabled) => NativeMethods.gt_set_grad_enabled(enabled);

        public void Dispose() => NativeMethods.gt_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = NativeMethods.gt_inference_enter(enabled);

        public void Dispose()
        {
            if (_guard == 0) return;
            NativeMethods.gt_inference_leave(_guard);
            _guard = 0;
        }
    }
}
