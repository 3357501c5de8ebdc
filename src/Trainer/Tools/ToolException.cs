namespace Granary.Trainer.Tools;

/// <summary>A tool cannot do what it was asked: one sentence for the user, and the exit status.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="exitCode">One of <see cref="ToolExit"/>.</param>
internal sealed class ToolException(string message, int exitCode = ToolExit.Usage) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
