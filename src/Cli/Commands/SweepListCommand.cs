using System.CommandLine;
using System.Globalization;
using Granary.Cli.Local;
using Granary.Cli.Watching;
using Granary.V1;
using Spectre.Console;

namespace Granary.Cli.Commands;

/// <summary><c>granary sweep list</c>.</summary>
internal static class SweepListCommand
{
    public static Command Create(CommandContext context)
    {
        Option<int> limit = new("--limit") { Description = "Sweeps at most, 1 to 1000.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            // What is no number has its own error.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int given) && given is < 1 or > 1_000)
            {
                result.AddError("--limit is out of range; expected 1 to 1000.");
            }
        });
        Command command = new("list", "List sweeps, the newest first.") { limit, CommonOptions.Silo, CommonOptions.State };
        command.SetAction(async (parsed, token) =>
        {
            await using SiloConnection silo = await CommandContext.ConnectAsync(
                parsed.GetValue(CommonOptions.Silo), CommonOptions.StateOf(parsed), new LocalClusterOptions(Agent: false, Dashboard: false), token);
            ListSweepsReply reply = await silo.Sweeps.ListAsync(new ListSweepsRequest { Limit = parsed.GetValue(limit) }, cancellationToken: token);
            Table table = new Table().Border(TableBorder.Simple).AddColumns("sweep", "state", "trials", "best", "submitted");
            foreach (Sweep sweep in reply.Sweeps)
            {
                string best = sweep.HasBest ? $"{sweep.Objective.Metric} {Format.Value(sweep.Best)}" : "-";
                string submitted = sweep.Created.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                string[] cells = [sweep.Id, sweep.State.ToString().ToLowerInvariant(), $"{sweep.FinishedTrials}/{sweep.PlannedTrials}", best, submitted];
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
            }

            context.Out.Write(table);
            return ExitCodes.Done;
        });
        return command;
    }
}
