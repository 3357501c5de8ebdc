namespace Granary.Trainer.Agent;

/// <summary>A CUDA device.</summary>
/// <param name="Index">In PCI bus order, as nvidia-smi counts.</param>
/// <param name="Name">Such as NVIDIA H200.</param>
/// <param name="MemoryBytes">Its memory; 0 when unknown.</param>
internal sealed record GpuDevice(int Index, string Name, long MemoryBytes);
