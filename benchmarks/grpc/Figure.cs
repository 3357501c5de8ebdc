namespace Granary.Benchmarks.Grpc;

/// <summary>
/// A rate by the clock, the same by the processor time that client and server used together, and the bytes that both allocated for
/// one call or one MiB.
/// </summary>
internal readonly record struct Figure(double PerSecond, double PerProcessorSecond, double Allocated);
