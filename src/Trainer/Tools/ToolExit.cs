namespace Granary.Trainer.Tools;

/// <summary>What a tool's exit status tells a script; the same numbers as the rest of <c>granary</c>.</summary>
internal static class ToolExit
{
    /// <summary>It is done.</summary>
    public const int Done = 0;

    /// <summary>It failed; the last line on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or an input file is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
