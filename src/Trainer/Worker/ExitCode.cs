namespace Granary.Trainer.Worker;

/// <summary>How a worker process ends. What is not listed comes from the system: 128 + signal.</summary>
internal static class ExitCode
{
    /// <summary>The run is over.</summary>
    public const int Done = 0;

    /// <summary>The run failed; the last line on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The process was started wrongly.</summary>
    public const int Usage = 2;

    /// <summary>A checkpoint is stored, and the run goes on later: sysexits' EX_TEMPFAIL.</summary>
    public const int Paused = 75;

    /// <summary>The silo knows a newer attempt.</summary>
    public const int Stale = 76;

    /// <summary>The agent is gone.</summary>
    public const int Orphaned = 77;
}
