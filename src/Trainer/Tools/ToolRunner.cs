using System.CommandLine;
using System.CommandLine.Parsing;

namespace Granary.Trainer.Tools;

/// <summary>Runs a tool; every error becomes one line on standard error and an exit status here.</summary>
internal static class ToolRunner
{
    /// <summary>Runs the tool that the arguments name.</summary>
    /// <param name="root">The command line as a whole.</param>
    /// <param name="arguments">The arguments, the tool's name first.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <returns>One of <see cref="ToolExit"/>.</returns>
    public static async Task<int> RunAsync(
        Command root, IReadOnlyList<string> arguments, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError mistake in parsed.Errors)
                await error.WriteLineAsync($"granary: {mistake.Message}");
            await error.WriteLineAsync($"granary: 'granary {arguments[0]} --help' lists the options.");
            return ToolExit.Usage;
        }

        try
        {
            // Signals are each tool's own business: ending may mean a checkpoint first.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (ToolException refused)
        {
            await error.WriteLineAsync($"granary: {refused.Message}");
            return refused.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ToolExit.Interrupted;
        }
        catch (Exception failure) when (failure is InvalidDataException or FileNotFoundException)
        {
            await error.WriteLineAsync($"granary: {failure.Message.ReplaceLineEndings(" ")}");
            return ToolExit.Usage;
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync($"granary: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
            return ToolExit.Failed;
        }
    }
}
