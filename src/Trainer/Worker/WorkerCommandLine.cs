using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Granary.Trainer.Worker;

/// <summary><c>granary-trainer worker</c>: one rank of one attempt. Agents start it; people do not.</summary>
internal static class WorkerCommandLine
{
    private static readonly TimeSpan LaunchDeadline = TimeSpan.FromSeconds(30);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("worker", "Runs one rank; its agent starts it, with a launch document on standard input.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Before anything else: a stop may come while the process still starts.
        using var stop = new StopRequest();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Request();
        });
        // Ctrl-C reaches the whole process group; the agent decides what becomes of its workers.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        // Read through the pool, so that the wait for it can be bounded.
        using var input = new StreamReader(Console.OpenStandardInput());
        LaunchDocument launch;
        try
        {
            var line = await input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(LaunchDeadline, cancellationToken);
            launch = LaunchDocument.Read(line ?? throw new JsonException("Standard input ended."));
        }
        catch (Exception e) when (e is JsonException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"granary-trainer worker: no launch document on standard input: {e.Message}");
            return ExitCode.Usage;
        }

        OrphanWatch.Start(input);
        return await WorkerSession.RunAsync(launch, stop, TimeProvider.System);
    }
}
