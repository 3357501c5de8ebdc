namespace Granary.Trainer.Agent;

/// <summary>What a node has.</summary>
/// <param name="Gpus">Its CUDA devices, in order of index.</param>
/// <param name="PhysicalCores">The cores that this process may use: one entry per physical core, each with its hardware threads.</param>
/// <param name="CpuName">Such as Intel(R) Xeon(R) Processor.</param>
/// <param name="MemoryBytes">Memory that this process may use.</param>
internal sealed record NodeHardware(
    IReadOnlyList<GpuDevice> Gpus, IReadOnlyList<IReadOnlyList<int>> PhysicalCores, string CpuName, long MemoryBytes);
