using Granary.Trainer.Link;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Agent;

/// <summary>
/// The node's agent: offers its devices, starts and stops its workers on the silo's command, and tells how they ended. While the silo is
/// away the workers go on, and the agent tries to reach it for as long as it lives.
/// </summary>
internal sealed class NodeAgent
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellDeadline = TimeSpan.FromSeconds(2);

    private readonly AgentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerTable _workers;
    private readonly Hello _hello;

    /// <summary>Makes an agent.</summary>
    /// <param name="options">What it was told.</param>
    /// <param name="slots">The devices that it offers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public NodeAgent(AgentOptions options, IReadOnlyList<DeviceSlot> slots, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _workers = new WorkerTable(options, slots, time, logger);
        _hello = new Hello { Node = options.Node, Session = Session(options.Seed), Pool = options.Pool, Address = options.Address };
        _hello.Devices.AddRange(slots.Select(slot => slot.ToOffer()));
        logger.Offers(options.Node, string.Join(", ", slots.Select(slot => slot.Id)), options.Pool);
    }

    /// <summary>Serves until it is told to end; then ends its workers.</summary>
    /// <param name="cancellationToken">Ends the agent.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var link = new SiloLink(_options.Silo);
        var backoff = new Backoff(FirstWait, LongestWait, _options.Seed);
        using var connections = new CancellationTokenSource();
        var attached = AttachForeverAsync(link, backoff, cancellationToken, connections.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _logger.ShuttingDown();
        // The connection stays until the workers are gone, so that the silo hears of their checkpoints and exits.
        await _workers.ShutDownAsync();
        await Task.WhenAny(attached, Task.Delay(FarewellDeadline, _time, CancellationToken.None));
        await connections.CancelAsync();
        await attached;
    }

    // An agent that ends keeps its connection but makes no new one.
    private async Task AttachForeverAsync(SiloLink link, Backoff backoff, CancellationToken ending, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reason = await ServeOnceAsync(link, backoff, cancellationToken);
            if (ending.IsCancellationRequested) return;
            var wait = backoff.Next();
            _logger.Away(link.ToString(), reason, wait.TotalSeconds);
            await Task.Delay(wait, _time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested) return;
        }
    }

    private async Task<string> ServeOnceAsync(SiloLink link, Backoff backoff, CancellationToken cancellationToken)
    {
        try
        {
            using var call = new Fleet.FleetClient(link.Channel()).Attach(cancellationToken: cancellationToken);
            var session = new FleetSession(call, _workers, _time);
            var heartbeat = await session.AttachAsync(_hello, cancellationToken);
            backoff.Reset();
            _logger.Attached(link.ToString());
            await session.ServeAsync(heartbeat, cancellationToken);
            return "it ended the connection";
        }
        catch (RpcException e)
        {
            return $"{e.StatusCode}: {e.Status.Detail}";
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            return e.Message;
        }
    }

    // The seed is drawn from the system's entropy when the agent starts, so the name is new with every process.
    private static string Session(int seed) => new Guid(seed, 0, 0, new byte[8]).ToString("N")[..8] + $"{Environment.ProcessId:x8}";
}
