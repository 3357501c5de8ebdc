namespace Granary.Trainer.Tools.Bench;

/// <summary>Names of the lanes in options and results.</summary>
internal static class BenchLane
{
    /// <summary>Memory that the processes share.</summary>
    public const string SharedMemory = "shared-memory";

    /// <summary>gRPC streams.</summary>
    public const string Grpc = "grpc";
}
