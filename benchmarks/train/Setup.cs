namespace Granary.Benchmarks.Train;

/// <summary>What both sides are told.</summary>
/// <param name="Threads">Threads of libtorch.</param>
internal sealed record Setup(int Threads);
