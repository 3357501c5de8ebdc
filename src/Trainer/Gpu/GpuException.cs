namespace Granary.Trainer.Gpu;

/// <summary>A GPU, its driver or NCCL failed.</summary>
/// <param name="message">What failed, in words.</param>
internal sealed class GpuException(string message) : Exception(message);
