using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Gradients and graph recording. The contract of each function is in native/include/granary_torch.h.
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_set_requires_grad(Tensor self, [MarshalAs(UnmanagedType.Bool)] bool value);

    [LibraryImport(Library)]
    internal static partial int gt_retain_grad(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_grad(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_set_grad(Tensor self, Tensor? grad);

    [LibraryImport(Library)]
    internal static partial int gt_backward(ReadOnlySpan<nint> tensors, int n, ReadOnlySpan<nint> grads, int g,
        [MarshalAs(UnmanagedType.Bool)] bool retainGraph, [MarshalAs(UnmanagedType.Bool)] bool createGraph, ReadOnlySpan<nint> inputs,
        int m);

    [LibraryImport(Library)]
    internal static partial int gt_autograd_grad(ReadOnlySpan<nint> outputs, int n, ReadOnlySpan<nint> grads, int g,
        ReadOnlySpan<nint> inputs, int m, [MarshalAs(UnmanagedType.Bool)] bool retainGraph, [MarshalAs(UnmanagedType.Bool)] bool createGraph,
        [MarshalAs(UnmanagedType.Bool)] bool allowUnused, Span<nint> result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_grad_enabled();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void gt_set_grad_enabled([MarshalAs(UnmanagedType.Bool)] bool value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_inference_enabled();

    [LibraryImport(Library)]
    internal static partial nint gt_inference_enter([MarshalAs(UnmanagedType.Bool)] bool value);

    [LibraryImport(Library)]
    internal static partial void gt_inference_leave(nint guard);

    [LibraryImport(Library)]
    internal static partial int gt_function_record(ReadOnlySpan<nint> inputs, int m, Span<nint> outputs, ReadOnlySpan<int> differentiable,
        int n, ReadOnlySpan<nint> dirty, int d, delegate* unmanaged<nint, nint*, int, nint*, int, int> backward,
        delegate* unmanaged<nint, void> release, nint context);
}
