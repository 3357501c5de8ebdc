using System.CommandLine;
using Granary.Cli.Local;

namespace Granary.Cli.Commands;

/// <summary><c>granary up</c>.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("up", "Run a silo, this machine's agent and a dashboard until Ctrl-C.")
        {
            CommonOptions.State, CommonOptions.Devices, CommonOptions.Http,
        };
        command.SetAction(async (parsed, token) =>
        {
            LocalClusterOptions options = new(Agent: true, Dashboard: true, parsed.GetValue(CommonOptions.Devices)!, parsed.GetValue(CommonOptions.Http)!);
            StateFolder state = CommonOptions.StateOf(parsed);
            await using LocalCluster cluster = await LocalCluster.OpenAsync(state, options, token);
            if (!cluster.Owned)
            {
                throw new CliException($"A cluster runs on {state.Path} already: silo {cluster.Silo}, dashboard {cluster.Dashboard}.");
            }

            context.Say($"silo {cluster.Silo}");
            context.Say($"dashboard {cluster.Dashboard}");
            context.Say("Ctrl-C stops them; trials go on from their last checkpoint next time.");
            using CancellationTokenSource interrupted = CancellationTokenSource.CreateLinkedTokenSource(token);
            using Interrupts interrupts = new(interrupted);
            TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration registration = interrupted.Token.Register(ended.SetResult);
            await ended.Task;
            return ExitCodes.Done;
        });
        return command;
    }
}
