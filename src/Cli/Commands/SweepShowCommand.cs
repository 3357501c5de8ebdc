using System.CommandLine;
using Granary.Cli.Local;
using Granary.V1;

namespace Granary.Cli.Commands;

/// <summary><c>granary sweep show SWEEP</c>.</summary>
internal static class SweepShowCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("show", "Show a sweep's leaderboard.") { CommonOptions.Sweep, CommonOptions.Silo, CommonOptions.State };
        command.SetAction(async (parsed, token) =>
        {
            StateFolder state = CommonOptions.StateOf(parsed);
            await using SiloConnection silo = await CommandContext.ConnectAsync(
                parsed.GetValue(CommonOptions.Silo), state, new LocalClusterOptions(Agent: false, Dashboard: false), token);
            Sweep sweep = await silo.Sweeps.GetAsync(new SweepRequest { Sweep = parsed.GetValue(CommonOptions.Sweep) }, cancellationToken: token);
            await SweepReport.WriteAsync(context, silo, state, sweep, token);
            return ExitCodes.Done;
        });
        return command;
    }
}
