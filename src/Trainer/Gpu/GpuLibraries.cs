namespace Granary.Trainer.Gpu;

/// <summary>Names or paths of the libraries by which GPUs are reached beside libtorch.</summary>
/// <param name="Cuda">The driver's.</param>
/// <param name="Nccl">NCCL's.</param>
internal sealed record GpuLibraries(string Cuda, string Nccl)
{
    /// <summary>Those that are installed.</summary>
    public static GpuLibraries Installed { get; } = new(CudaDriver.InstalledLibrary, NcclLibrary.InstalledLibrary);
}
