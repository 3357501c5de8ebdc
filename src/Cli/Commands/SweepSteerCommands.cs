using System.CommandLine;
using Granary.Cli.Local;
using Granary.V1;

namespace Granary.Cli.Commands;

/// <summary><c>granary sweep stop SWEEP</c> and <c>granary sweep pause SWEEP</c>.</summary>
internal static class SweepSteerCommands
{
    public static Command Stop(CommandContext context) => Create(
        context, "stop", "End a sweep; what its trials reported stays.", (sweeps, request, token) => sweeps.StopAsync(request, cancellationToken: token).ResponseAsync);

    public static Command Pause(CommandContext context) => Create(
        context, "pause", "Let running trials write a checkpoint and wait; `sweep run` goes on.", (sweeps, request, token) => sweeps.PauseAsync(request, cancellationToken: token).ResponseAsync);

    private static Command Create(
        CommandContext context, string verb, string description, Func<Sweeps.SweepsClient, SweepRequest, CancellationToken, Task<Sweep>> steer)
    {
        Command command = new(verb, description) { CommonOptions.Sweep, CommonOptions.Silo, CommonOptions.State };
        command.SetAction(async (parsed, token) =>
        {
            await using SiloConnection silo = await CommandContext.ConnectAsync(
                parsed.GetValue(CommonOptions.Silo), CommonOptions.StateOf(parsed), new LocalClusterOptions(Agent: false, Dashboard: false), token);
            Sweep sweep = await steer(silo.Sweeps, new SweepRequest { Sweep = parsed.GetValue(CommonOptions.Sweep) }, token);
            context.Say($"{sweep.Id}: {sweep.State.ToString().ToLowerInvariant()}");
            return ExitCodes.Done;
        });
        return command;
    }
}
