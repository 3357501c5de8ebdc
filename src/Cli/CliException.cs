namespace Granary.Cli;

/// <summary>The command cannot go on: the message says why and what to do.</summary>
/// <param name="message">For the person at the terminal.</param>
/// <param name="exitCode">The command's exit status.</param>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
