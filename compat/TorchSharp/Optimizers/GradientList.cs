using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

// One native call over the gradients of many parameters.
internal static class GradientList
{
    internal static void Zero(Parameter[] parameters, bool setToNone)
    {
        nint[] handles = HandleList.Of(parameters);
        NativeMethods.Check(NativeMethods.gt_zero_grad(handles, handles.Length, setToNone));
        GC.KeepAlive(parameters);
    }
}
