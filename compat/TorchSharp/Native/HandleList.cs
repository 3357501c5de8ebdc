using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// The handles of a list of tensors for one native call. The caller keeps the tensors alive with GC.KeepAlive(list) after it.
internal static class HandleList
{
    internal static nint[] Of(IEnumerable<Tensor?> tensors)
    {
        if (tensors is Tensor?[] array) return Of((ReadOnlySpan<Tensor?>)array);
        if (tensors is List<Tensor?> list) return Of((ReadOnlySpan<Tensor?>)CollectionsMarshal.AsSpan(list));
        return [.. tensors.Select(tensor => tensor is null ? 0 : tensor.Handle)];
    }

    internal static nint[] Of(ReadOnlySpan<Tensor?> tensors)
    {
        var handles = new nint[tensors.Length];
        for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
        return handles;
    }

    internal static Tensor[] Wrap(ReadOnlySpan<nint> handles)
    {
        var tensors = new Tensor[handles.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        return tensors;
    }
}
