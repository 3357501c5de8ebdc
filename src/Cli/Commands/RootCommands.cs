using System.CommandLine;
using Grpc.Core;

namespace Granary.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class RootCommands
{
    public static RootCommand Create(CommandContext context)
    {
        Command sweep = new("sweep", "Run sweeps and look at them.");
        sweep.Subcommands.Add(SweepRunCommand.Create(context));
        sweep.Subcommands.Add(SweepListCommand.Create(context));
        sweep.Subcommands.Add(SweepShowCommand.Create(context));
        sweep.Subcommands.Add(SweepSteerCommands.Stop(context));
        sweep.Subcommands.Add(SweepSteerCommands.Pause(context));
        RootCommand root = new("Granary: sweeps the hyperparameters of convolutional networks over a cluster of GPUs.")
        {
            sweep,
            UpCommand.Create(context),
        };
        foreach (Command command in TrainerCommands.Create())
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>Runs the command that <paramref name="arguments"/> name; every error becomes a sentence and an exit status here.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            TrainerCommands.Forward(arguments);
            ParseResult parsed = Create(context).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                return await RefuseAsync(parsed, context);
            }

            // Ctrl-C is each command's own business: System.CommandLine's handling would end the process.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }
        catch (CliException error)
        {
            await context.Error.WriteLineAsync($"granary: {error.Message}");
            return error.ExitCode;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.InvalidArgument)
        {
            await context.Error.WriteLineAsync(error.Status.Detail);
            return ExitCodes.Usage;
        }
        catch (RpcException error) when (error.StatusCode != StatusCode.Cancelled)
        {
            await context.Error.WriteLineAsync($"granary: the silo answered {error.StatusCode}: {error.Status.Detail}");
            return ExitCodes.Failed;
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, CommandContext context)
    {
        foreach (var error in parsed.Errors)
        {
            await context.Error.WriteLineAsync($"granary: {error.Message}");
        }

        await context.Error.WriteLineAsync("granary: --help lists the commands and options.");
        return ExitCodes.Usage;
    }
}
