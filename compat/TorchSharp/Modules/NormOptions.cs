using static TorchSharp.torch;

namespace TorchSharp.Modules;

internal sealed record NormOptions(
    long Features, double Eps, double? Momentum, bool Affine, bool TrackRunningStats, Device? Device, ScalarType? Type);
