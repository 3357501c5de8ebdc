namespace Granary.Cli.Local;

/// <summary>The folder in which an embedded silo keeps everything: <c>.granary</c> unless told otherwise.</summary>
/// <param name="Path">The folder, absolute.</param>
internal sealed record StateFolder(string Path)
{
    public string SiloRecord => System.IO.Path.Combine(Path, "run", "silo.json");

    public string DashboardRecord => System.IO.Path.Combine(Path, "run", "dashboard.json");

    public string Explanations => System.IO.Path.Combine(Path, "explain");

    public string Work => System.IO.Path.Combine(Path, "work");

    public string Log(string process) => System.IO.Path.Combine(Path, "logs", $"{process}.out");

    public string BestCheckpoint(string sweep) => System.IO.Path.Combine(Path, "best", $"{sweep}.safetensors");

    public void Create()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "run"));
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"));
        Directory.CreateDirectory(Work);
    }
}
