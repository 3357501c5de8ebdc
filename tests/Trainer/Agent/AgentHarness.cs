using Granary.Trainer.Agent;
using Granary.Trainer.Link;
using Granary.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Trainer.Tests.Agent;

/// <summary>An agent whose workers are shell scripts: real processes with the behaviour a test needs.</summary>
internal sealed class AgentHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _agent;

    private AgentHarness(string folder, Func<string, AgentOptions> options)
    {
        Folder = folder;
        DeviceSlot[] slots = [new("cpu:0", "a core", 1 << 30, null, [], 1), new("cuda:1", "a GPU", 1 << 30, 1, [], 2)];
        _agent = new NodeAgent(options(folder), slots, TimeProvider.System, NullLogger.Instance).RunAsync(_end.Token);
    }

    public string Folder { get; }

    public string SiloFile => Path.Combine(Folder, "silo.json");

    /// <summary>Starts an agent whose workers run a script; its standard input begins with the launch document.</summary>
    public static AgentHarness Start(string script, TimeSpan? grace = null)
    {
        var folder = Directory.CreateTempSubdirectory("granary-agent-").FullName;
        return new AgentHarness(folder, work => new AgentOptions
        {
            Silo = new SiloLocation(null, Path.Combine(work, "silo.json")),
            Node = "node-1",
            Pool = "default",
            Devices = "cpu:1",
            Address = "127.0.0.1",
            Work = work,
            Program = new WorkerProgram("/bin/bash", ["-c", script]),
            Seed = 1,
            CheckpointGrace = grace ?? TimeSpan.FromSeconds(30),
            ShutdownGrace = TimeSpan.FromSeconds(5),
        });
    }

    public static RankId Rank(int attempt = 1, int start = 0) => new() { Trial = "sweep/0001", Attempt = attempt, Rank = 0, Start = start };

    public static AgentCommand StartRank(int attempt = 1, string device = "cpu:0", int start = 0, int ring = 0) => new()
    {
        StartRank = new StartRank { Id = Rank(attempt, start), WorldSize = 1, Device = device, Run = "{}", Secret = "s3cret", Ring = ring },
    };

    public static AgentCommand StopRank(bool checkpoint, int attempt = 1) =>
        new() { StopRank = new StopRank { Id = Rank(attempt), Checkpoint = checkpoint } };

    /// <summary>The worker has written its ready file.</summary>
    public async Task ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Directory.GetFiles(Folder, "ready", SearchOption.AllDirectories).Length == 0) await Task.Delay(20, deadline.Token);
    }

    public Task EndAsync()
    {
        _end.Cancel();
        return _agent.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
