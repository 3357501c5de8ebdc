using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on many parameters at once.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients together so that their norm is at most <paramref name="max_norm"/>.</summary>
            /// <param name="tensors">The parameters; those without a gradient do not count.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">Which norm; infinity is the greatest absolute value.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                Parameter[] parameters = [.. tensors];
                nint[] handles = HandleList.Of(parameters);
                NativeMethods.Check(NativeMethods.gt_clip_grad_norm_(handles, handles.Length, max_norm, norm_type, out double total));
                GC.KeepAlive(parameters);
                return total;
            }

            /// <summary>Moves every element of the gradients into [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                Parameter[] parameters = [.. tensors];
                nint[] handles = HandleList.Of(parameters);
                NativeMethods.Check(NativeMethods.gt_clip_grad_value_(handles, handles.Length, clip_value));
                GC.KeepAlive(parameters);
            }

            /// <summary>A copy of all parameters' elements, one after the other.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                Parameter[] parameters = [.. tensors];
                nint[] handles = HandleList.Of(parameters);
                Tensor vector = NativeMethods.Result(NativeMethods.gt_flatten_all(handles, handles.Length, out Tensor result), result);
                GC.KeepAlive(parameters);
                return vector;
            }

            /// <summary>Copies a vector of all elements into the parameters, in their order.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                Parameter[] parameters = [.. tensors];
                nint[] handles = HandleList.Of(parameters);
                NativeMethods.Check(NativeMethods.gt_unflatten_all(vec, handles, handles.Length));
                GC.KeepAlive(parameters);
            }
        }
    }
}
