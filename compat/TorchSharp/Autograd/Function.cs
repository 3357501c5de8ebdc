namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A differentiable operation written in .NET.</summary>
        /// <typeparam name="T">The class itself.</typeparam>
        public abstract class Function<T> where T : Function<T>, new()
        {
            internal static T Instance { get; } = new();

            /// <summary>A name for error messages.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> RunForward(AutogradContext context, object[] arguments);

            internal abstract List<Tensor?> RunBackward(AutogradContext context, List<Tensor?> gradients);

            internal static List<Tensor> Apply(object[] arguments)
            {
                T function = Instance;
                var context = new AutogradContext();
                List<Tensor> outputs;
                using (no_grad()) outputs = function.RunForward(context, arguments);
                return new FunctionNode(function.Name, context, function.RunBackward).Record(arguments, outputs);
            }
        }

        /// <summary>A differentiable operation with one result.</summary>
        /// <typeparam name="T">The class itself.</typeparam>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Runs the operation and records it when an argument takes part in a graph.</summary>
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            /// <summary>Computes the result; nothing in it is recorded.</summary>
            /// <param name="ctx">Keeps what backward needs.</param>
            /// <param name="vars">What was given to <see cref="apply"/>.</param>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes the gradients by the arguments.</summary>
            /// <param name="ctx">What forward kept.</param>
            /// <param name="grad_output">The gradient by the result.</param>
            /// <returns>One entry per argument, null for those without a gradient.</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> RunForward(AutogradContext context, object[] arguments) => [forward(context, arguments)];

            internal sealed override List<Tensor?> RunBackward(AutogradContext context, List<Tensor?> gradients) =>
                [.. backward(context, gradients[0]!)];
        }

        /// <summary>A differentiable operation with several results.</summary>
        /// <typeparam name="T">The class itself.</typeparam>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Runs the operation and records it when an argument takes part in a graph.</summary>
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            /// <summary>Computes the results; nothing in it is recorded.</summary>
            /// <param name="ctx">Keeps what backward needs.</param>
            /// <param name="vars">What was given to <see cref="apply"/>.</param>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes the gradients by the arguments.</summary>
            /// <param name="ctx">What forward kept.</param>
            /// <param name="grad_outputs">The gradients by the results.</param>
            /// <returns>One entry per argument, null for those without a gradient.</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> RunForward(AutogradContext context, object[] arguments) => forward(context, arguments);

            internal sealed override List<Tensor?> RunBackward(AutogradContext context, List<Tensor?> gradients) =>
                [.. backward(context, gradients!)];
        }
    }
}
