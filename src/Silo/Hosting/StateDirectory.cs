namespace Granary.Silo.Hosting;

/// <summary>The places in the state folder.</summary>
/// <param name="root">The folder.</param>
internal sealed class StateDirectory(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string LockFile => Path.Combine(Root, "run", "silo.lock");

    /// <summary>Names the process that holds the lock: the locked file itself cannot be read by others.</summary>
    public string HolderFile => Path.Combine(Root, "run", "silo.pid");

    public string RecordFile => Path.Combine(Root, "run", "silo.json");

    public string GrainFile => Path.Combine(Root, "grains.db");

    public string MetricFile => Path.Combine(Root, "metrics.db");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string LogFile => Path.Combine(Root, "logs", "silo.log");

    /// <summary>Makes the folders that are not there.</summary>
    public void Create()
    {
        foreach (string folder in new[] { "run", "logs", "artifacts" }) Directory.CreateDirectory(Path.Combine(Root, folder));
    }
}
