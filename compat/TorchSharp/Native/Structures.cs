using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// A number as the native side takes it: kind -1 absent, 0 integer, 1 floating point, 2 boolean.
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ScalarValue(long Kind, long Bits);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FactoryOptions(int Dtype, int DeviceType, int DeviceIndex, int RequiresGrad);

// One entry of an index expression, see gt_index_item in native/include/granary_torch.h.
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IndexItem(long Kind, long Has, long Start, long Stop, long Step, nint Tensor);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SgdOptions(double Lr, double Momentum, double Dampening, double WeightDecay, int Nesterov, int Maximize);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AdamOptions(
    double Lr, double Beta1, double Beta2, double Eps, double WeightDecay, int Amsgrad, int Maximize, int Decoupled);
