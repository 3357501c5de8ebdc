namespace Granary.Cli;

/// <summary>What the command's exit status tells a script.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The sweep failed or was stopped, or the silo is gone.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the sweep file is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C: the sweep is paused, or goes on without this terminal.</summary>
    public const int Interrupted = 130;
}
