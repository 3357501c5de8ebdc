using System.Threading.Channels;
using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

/// <summary>An agent as the silo sees one: attaches, shows that it lives, gathers commands.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<V1.AgentMessage, V1.AgentCommand> _call;
    private readonly Channel<V1.AgentCommand> _commands = Channel.CreateUnbounded<V1.AgentCommand>();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _leave = new();
    private readonly Task<Status> _reading;
    private readonly Task _beating;

    private Agent(AsyncDuplexStreamingCall<V1.AgentMessage, V1.AgentCommand> call)
    {
        _call = call;
        _reading = Task.Run(ReadAllAsync);
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>How the stream ended.</summary>
    public Task<Status> Ended => _reading.WaitAsync(SiloFixture.Patience);

    public static V1.Hello Hello(string node, string pool, int devices)
    {
        var hello = new V1.Hello { Node = node, Session = $"{node}-session", Pool = pool, Address = "127.0.0.1" };
        for (int i = 0; i < devices; i++)
            hello.Devices.Add(new V1.OfferedDevice { Id = $"cpu:{i}", Name = "test core", MemoryBytes = 1 << 30 });
        return hello;
    }

    public static async Task<Agent> AttachAsync(SiloFixture silo, V1.Hello hello)
    {
        var agent = new Agent(silo.Fleet.Attach());
        await agent.WriteAsync(new V1.AgentMessage { Hello = hello });
        return agent;
    }

    /// <summary>The next command but for the welcome.</summary>
    public async Task<V1.AgentCommand> NextAsync()
    {
        using var limit = new CancellationTokenSource(SiloFixture.Patience);
        V1.AgentCommand command;
        do command = await _commands.Reader.ReadAsync(limit.Token);
        while (command.Welcome is not null);
        return command;
    }

    public Task ExitAsync(V1.RankId rank, int exitCode) =>
        WriteAsync(new V1.AgentMessage { RankExited = new V1.RankExited { Id = rank, ExitCode = exitCode } });

    public async Task WriteAsync(V1.AgentMessage message)
    {
        await _writing.WaitAsync();
        try
        {
            await _call.RequestStream.WriteAsync(message);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        _call.Dispose();
        await Task.WhenAll(_reading, _beating).WaitAsync(SiloFixture.Patience);
        _leave.Dispose();
        _writing.Dispose();
    }

    private async Task<Status> ReadAllAsync()
    {
        try
        {
            await foreach (V1.AgentCommand command in _call.ResponseStream.ReadAllAsync()) await _commands.Writer.WriteAsync(command);
            return Status.DefaultSuccess;
        }
        catch (RpcException error)
        {
            return error.Status;
        }
        finally
        {
            _commands.Writer.Complete();
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.25));
        try
        {
            while (await timer.WaitForNextTickAsync(_leave.Token)) await WriteAsync(new V1.AgentMessage { Heartbeat = new V1.Heartbeat() });
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The stream has ended; Ended says how.
        }
    }
}
