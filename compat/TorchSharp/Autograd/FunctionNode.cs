using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

// The managed side of a node of the graph. The graph holds it through a GCHandle and lets go of that through Release.
internal sealed class FunctionNode(
    string name, autograd.AutogradContext context, Func<autograd.AutogradContext, List<Tensor?>, List<Tensor?>> backward)
{
    private int[] _tensorArguments = [];
    private int _argumentCount;
    private (long[] Shape, ScalarType Type, Device Device)[] _outputs = [];

    internal unsafe List<Tensor> Record(object[] arguments, List<Tensor> outputs)
    {
        _argumentCount = arguments.Length;
        _tensorArguments = [.. Enumerable.Range(0, arguments.Length).Where(i => arguments[i] is Tensor)];
        _outputs = [.. outputs.Select(output => (output.shape, output.dtype, output.device))];

        nint[] inputs = HandleList.Of(_tensorArguments.Select(i => (Tensor?)arguments[i]));
        nint[] handles = HandleList.Of(outputs);
        nint[] dirty = HandleList.Of(context.Dirty);
        int[] differentiable = [.. outputs.Select(output => context.NonDifferentiable.Contains(output) ? 0 : 1)];
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        NativeMethods.Check(NativeMethods.gt_function_record(
            inputs, inputs.Length, handles, differentiable, handles.Length, dirty, dirty.Length, &OnBackward, &OnRelease, self));
        GC.KeepAlive(arguments);

        var recorded = new List<Tensor>(HandleList.Wrap(handles));
        foreach (Tensor output in outputs)
        {
            if (!arguments.Contains(output, ReferenceEqualityComparer.Instance)) output.Dispose();
        }

        return recorded;
    }

    [UnmanagedCallersOnly]
    private static unsafe int OnBackward(nint self, nint* gradients, int n, nint* results, int m)
    {
        try
        {
            var node = (FunctionNode)GCHandle.FromIntPtr(self).Target!;
            node.Run(new ReadOnlySpan<nint>(gradients, n), new Span<nint>(results, m));
            return 0;
        }
#pragma warning disable CA1031 // An exception must not pass through native frames: it goes on as libtorch's error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NativeMethods.gt_fail(exception.ToString());
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static void OnRelease(nint self)
    {
        var handle = GCHandle.FromIntPtr(self);
        ((FunctionNode)handle.Target!).ReleaseContext();
        handle.Free();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReleaseContext() => context.Dispose();

    // The scope owns all that backward makes; what leaves for the graph leaves as a reference of its own.
    private void Run(ReadOnlySpan<nint> gradients, Span<nint> results)
    {
        using DisposeScope scope = NewDisposeScope();
        var received = new List<Tensor?>(gradients.Length);
        for (int i = 0; i < gradients.Length; i++) received.Add(Received(gradients[i], i));

        List<Tensor?> computed = backward(context, received);
        if (computed.Count != _argumentCount)
        {
            throw new InvalidOperationException(
                $"{name}.backward must return one gradient per argument of forward ({_argumentCount}), but returned {computed.Count}.");
        }

        for (int i = 0; i < results.Length && i < _tensorArguments.Length; i++)
        {
            if (computed[_tensorArguments[i]] is { IsInvalid: false } gradient) results[i] = NativeMethods.gt_tensor_retain(gradient.Handle);
        }
    }

    private Tensor? Received(nint gradient, int output)
    {
        if (gradient != 0)
        {
            // The graph lends its gradient; the tensor given to backward has a reference of its own.
            return new Tensor(NativeMethods.gt_tensor_retain(gradient));
        }

        if (!context.MaterializeGrads) return null;
        (long[] shape, ScalarType type, Device device) = _outputs[output];
        return zeros(shape, type, device);
    }
}
