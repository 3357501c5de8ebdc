using System.Runtime.InteropServices;

namespace TorchSharp.Native;

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FactoryOptions(int Dtype, int DeviceType, int DeviceIndex, int RequiresGrad);
