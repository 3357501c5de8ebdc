namespace Granary.Silo.Hosting;

/// <summary>Whether the silo serves and has taken unfinished sweeps up. Thread-safe.</summary>
internal sealed class Readiness
{
    private volatile bool _ready;

    /// <summary>It has.</summary>
    public bool IsReady => _ready;

    /// <summary>From now on it has.</summary>
    public void Set() => _ready = true;
}
