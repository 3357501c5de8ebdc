using System.Diagnostics;
using Granary.Trainer.Gpu;

namespace Granary.Trainer.Tests.Gpu;

/// <summary>The library that stands in for the driver and for NCCL where there is no GPU, built from source here.</summary>
public sealed class StandIn : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("granary-stand-in-");

    public StandIn()
    {
        if (NativeCompiler.Path is not { } path)
            return;
        var source = Path.Combine(AppContext.BaseDirectory, "Gpu", "stand-in.cpp");
        using var compiler = Process.Start(path, ["-shared", "-fPIC", "-O1", "-pthread", "-o", Library, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }

    internal GpuLibraries Both => new(Library, Library);

    internal GpuLibraries DriverAlone => new(Library, "libgranary-no-nccl.so");

    private string Library => Path.Combine(_folder.FullName, "libstand-in.so");

    public void Dispose() => _folder.Delete(recursive: true);
}
