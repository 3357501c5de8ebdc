using System.Runtime.InteropServices;

namespace TorchSharp.Native;

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SgdOptions(double Lr, double Momentum, double Dampening, double WeightDecay, int Nesterov, int Maximize);
