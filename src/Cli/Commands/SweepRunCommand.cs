using System.CommandLine;
using Granary.Cli.Local;
using Granary.Specs;

namespace Granary.Cli.Commands;

/// <summary><c>granary sweep run FILE</c>.</summary>
internal static class SweepRunCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<FileInfo> file = new("file") { Description = "The sweep file, see docs/sweep-file.md." };
        Option<bool> fresh = new("--fresh") { Description = "Start anew although an unfinished sweep of this file exists." };
        Option<bool> plain = new("--plain") { Description = "One line per event instead of a live table; so it is when the output is no terminal." };
        Command command = new("run", "Run a sweep, or go on with it, and watch it until it ends.")
        {
            file, fresh, plain, CommonOptions.Silo, CommonOptions.State, CommonOptions.Devices, CommonOptions.Http,
        };
        command.SetAction(async (parsed, token) =>
        {
            FileInfo path = parsed.GetValue(file)!;
            string text = await ReadAsync(path, context, token);
            LocalClusterOptions cluster = new(Agent: true, Dashboard: true, parsed.GetValue(CommonOptions.Devices)!, parsed.GetValue(CommonOptions.Http)!);
            StateFolder state = CommonOptions.StateOf(parsed);
            await using SiloConnection silo = await CommandContext.ConnectAsync(parsed.GetValue(CommonOptions.Silo), state, cluster, token);
            SweepRun run = new(context, silo, state, parsed.GetValue(plain) || !context.Out.Profile.Capabilities.Interactive);
            return await run.RunAsync(path, text, parsed.GetValue(fresh), token);
        });
        return command;
    }

    // Every mistake is shown before a process is started.
    private static async Task<string> ReadAsync(FileInfo path, CommandContext context, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            if (path.Exists && path.Length > SweepFile.LongestText)
            {
                throw new CliException($"{path} has {path.Length} bytes; a sweep file has at most {SweepFile.LongestText}.", ExitCodes.Usage);
            }

            text = await File.ReadAllTextAsync(path.FullName, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot read the sweep file: {error.Message}", ExitCodes.Usage);
        }

        SweepFileResult result = SweepFile.Read(text, path.ToString());
        if (result.Problems.Count > 0)
        {
            foreach (SweepFileProblem problem in result.Problems)
            {
                await context.Error.WriteLineAsync(problem.ToString());
            }

            throw new CliException($"{path} was refused; nothing was started.", ExitCodes.Usage);
        }

        return text;
    }
}
