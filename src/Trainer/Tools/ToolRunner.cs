using System.CommandLine;

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
            // The parser takes a misspelt option in a file's place for the file, and complains of the file.
            IEnumerable<string> mistakes = UnknownOption(parsed, arguments) is { } option
                ? [$"'{arguments[0]}' has no option {option}."]
                : parsed.Errors.Select(mistake => mistake.Message);
            foreach (string mistake in mistakes)
                await error.WriteLineAsync($"granary: {mistake}");
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

    private static string? UnknownOption(ParseResult parsed, IEnumerable<string> arguments)
    {
        HashSet<string> known = [.. parsed.CommandResult.Command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        return arguments
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
            .Select(word => word.Split('=')[0])
            .FirstOrDefault(name => !known.Contains(name));
    }
}
