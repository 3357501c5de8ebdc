using System.Runtime.InteropServices;

namespace TorchSharp.Native;

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AdamOptions(
    double Lr, double Beta1, double Beta2, double Eps, double WeightDecay, int Amsgrad, int Maximize, int Decoupled);
