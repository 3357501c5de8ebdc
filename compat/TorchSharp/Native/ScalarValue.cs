using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// A number as the native side takes it: kind -1 absent, 0 integer, 1 floating point, 2 boolean.
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ScalarValue(long Kind, long Bits);
