using System.Globalization;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Cli.Local;

/// <summary>
/// A silo, an agent and a dashboard on this machine, started by this command and restarted when one of them dies; or those
/// that another command (<c>granary up</c>) already runs on the same state folder.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    // A process that keeps dying is broken: more restarts only hide its message.
    private const int MostRestarts = 5;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RestartDelay = TimeSpan.FromMilliseconds(500);

    private readonly StateFolder _state;
    private readonly LocalClusterOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _supervisors = [];

    private LocalCluster(StateFolder state, LocalClusterOptions options) => (_state, _options) = (state, options);

    /// <summary>This command started the processes and stops them when it ends.</summary>
    public bool Owned => _supervisors.Count > 0;

    /// <summary>Where the silo's gRPC services are.</summary>
    public Uri Silo => new($"http://{ClusterRecord.Read(_state.SiloRecord, "grpc") ?? throw new CliException("The silo has gone; see " + _state.Log("granary-silo"))}");

    /// <summary>Where the dashboard's pages are; null without a dashboard.</summary>
    public string? Dashboard => ClusterRecord.Read(_state.DashboardRecord, "http");

    /// <summary>Joins the cluster that runs on the state folder, or starts one.</summary>
    /// <exception cref="CliException">A process did not start: the message ends with what it printed.</exception>
    public static async Task<LocalCluster> OpenAsync(StateFolder state, LocalClusterOptions options, CancellationToken cancellationToken)
    {
        state.Create();
        LocalCluster cluster = new(state, options);
        try
        {
            if (!await cluster.AnswersAsync(cancellationToken))
            {
                await cluster.StartAsync(cancellationToken);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_supervisors);
        _stopping.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (ClusterRecord.Read(_state.SiloRecord, "grpc") is not { } address)
        {
            return false;
        }

        try
        {
            using GrpcChannel channel = GrpcChannel.ForAddress($"http://{address}");
            await new Sweeps.SweepsClient(channel).ListAsync(
                new ListSweepsRequest { Limit = 1 }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + AskDeadline, cancellationToken: cancellationToken);
            return true;
        }
        catch (RpcException error) when (error.StatusCode != StatusCode.Cancelled)
        {
            return false;
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(_state.DashboardRecord);
        await SuperviseAsync("granary-silo", SiloArguments, () => AnswersAsync(cancellationToken), cancellationToken);
        if (_options.Agent)
        {
            await SuperviseAsync("granary-trainer", AgentArguments, () => Task.FromResult(true), cancellationToken);
        }

        if (_options.Dashboard)
        {
            await SuperviseAsync("granary-dashboard", DashboardArguments, () => Task.FromResult(Dashboard is not null), cancellationToken);
        }
    }

    // Starts a process, waits until it is ready, and keeps it running from then on.
    private async Task SuperviseAsync(string program, Func<string[]> arguments, Func<Task<bool>> ready, CancellationToken cancellationToken)
    {
        LocalProcess process = LocalProcess.Start(program, arguments(), _state.Log(program));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartPatience);
        try
        {
            while (!await ready())
            {
                if (process.HasExited)
                {
                    throw new CliException(Died(program, process.ExitCode));
                }

                await Task.Delay(LookInterval, limit.Token);
            }
        }
        catch (Exception error)
        {
            await process.DisposeAsync();
            throw error is OperationCanceledException && !cancellationToken.IsCancellationRequested
                ? new CliException($"{program} did not get ready within {StartPatience.TotalSeconds} s; see {_state.Log(program)}.")
                : error is CliException or OperationCanceledException ? error : new CliException(error.Message);
        }

        _supervisors.Add(KeepAsync(program, arguments, process));
    }

    private async Task KeepAsync(string program, Func<string[]> arguments, LocalProcess process)
    {
        for (int restarts = 0; ; restarts++)
        {
            try
            {
                await process.WaitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                await process.StopAsync(StopPatience);
                await process.DisposeAsync();
                return;
            }

            await Console.Error.WriteLineAsync(Died(program, process.ExitCode));
            await process.DisposeAsync();
            if (restarts == MostRestarts)
            {
                await Console.Error.WriteLineAsync($"{program} died {restarts + 1} times; it is not started again.");
                return;
            }

            try
            {
                await Task.Delay(RestartDelay * (1 << restarts), _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            process = LocalProcess.Start(program, arguments(), _state.Log(program));
        }
    }

    private string Died(string program, int exitCode) => string.Create(
        CultureInfo.InvariantCulture, $"{program} ended with exit code {exitCode}: {LocalProcess.Tail(_state.Log(program), 5)}");

    // A restarted silo takes the ports of its predecessor, so that agent, workers and dashboard find it again.
    private string[] SiloArguments()
    {
        List<string> arguments = ["--state", _state.Path, "--exit-with-parent"];
        foreach ((string option, string member) in new[] { ("--grpc", "grpc"), ("--http", "http") })
        {
            if (Owned && ClusterRecord.Read(_state.SiloRecord, member) is { } address)
            {
                arguments.AddRange([option, address]);
            }
        }

        if (Owned && ClusterRecord.Read(_state.SiloRecord, "gateway") is { } gateway)
        {
            arguments.AddRange(["--gateway-port", gateway[(gateway.LastIndexOf(':') + 1)..]]);
        }

        return [.. arguments];
    }

    private string[] AgentArguments() =>
        ["agent", "--silo-file", _state.SiloRecord, "--devices", _options.Devices, "--work", _state.Work, "--exit-with-parent"];

    private string[] DashboardArguments() =>
    [
        "--silo-file", _state.SiloRecord, "--http", _options.Http, "--any-port", "--record", _state.DashboardRecord,
        "--cache", _state.Explanations, "--exit-with-parent",
    ];
}
