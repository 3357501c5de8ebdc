using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// One entry of an index expression, see gt_index_item in native/include/granary_torch.h.
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IndexItem(long Kind, long Has, long Start, long Stop, long Step, nint Tensor);
