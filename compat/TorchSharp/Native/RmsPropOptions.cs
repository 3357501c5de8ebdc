using System.Runtime.InteropServices;

namespace TorchSharp.Native;

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RmsPropOptions(
    double Lr, double Alpha, double Eps, double WeightDecay, double Momentum, int Centered, int Maximize);
