using System.Net;
using System.Threading.Channels;
using Granary.Trainer.Tests.Worker;
using Granary.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Trainer.Tests.Agent;

/// <summary>A real server that hosts the Fleet service; the test speaks and listens for the silo.</summary>
internal sealed class FakeSilo : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Connection _connection;

    private FakeSilo(WebApplication server, Connection connection) => (_server, _connection) = (server, connection);

    public string Endpoint => new Uri(_server.Urls.Single()).Authority;

    /// <summary>Starts it; with a memory it serves workers too.</summary>
    public static async Task<FakeSilo> StartAsync(string siloFile, double heartbeatSeconds = 0.1, SiloMemory? memory = null)
    {
        var connection = new Connection(heartbeatSeconds);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore().AddGrpc();
        builder.Services.AddSingleton(connection);
        if (memory is not null) builder.Services.AddSingleton(memory);
        var server = builder.Build();
        server.MapGrpcService<Service>();
        if (memory is not null) WorkerSilo.Map(server);
        await server.StartAsync();
        var silo = new FakeSilo(server, connection);
        await File.WriteAllTextAsync(siloFile, $$"""{"pid":1,"grpc":"{{silo.Endpoint}}","http":"127.0.0.1:1"}""");
        return silo;
    }

    public Task SendAsync(AgentCommand command) => _connection.Commands.Writer.WriteAsync(command).AsTask();

    /// <summary>The next message that satisfies a condition; others before it are dropped.</summary>
    public async Task<AgentMessage> NextAsync(Func<AgentMessage, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var message = await _connection.Messages.Reader.ReadAsync(deadline.Token);
            if (wanted(message)) return message;
        }
    }

    public async Task<Hello> HelloAsync() => (await NextAsync(message => message.Hello is not null)).Hello;

    public async Task<RankStarted> StartedAsync() => (await NextAsync(message => message.RankStarted is not null)).RankStarted;

    public async Task<RankExited> ExitedAsync() => (await NextAsync(message => message.RankExited is not null)).RankExited;

    public async ValueTask DisposeAsync()
    {
        await _connection.Stop.CancelAsync();
        await _server.DisposeAsync();
    }

    private sealed class Connection(double heartbeatSeconds)
    {
        public double HeartbeatSeconds => heartbeatSeconds;

        public Channel<AgentCommand> Commands { get; } = Channel.CreateUnbounded<AgentCommand>();

        public Channel<AgentMessage> Messages { get; } = Channel.CreateUnbounded<AgentMessage>();

        public CancellationTokenSource Stop { get; } = new();
    }

    private sealed class Service(Connection connection) : Fleet.FleetBase
    {
        public override async Task Attach(
            IAsyncStreamReader<AgentMessage> requestStream, IServerStreamWriter<AgentCommand> responseStream, ServerCallContext context)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, connection.Stop.Token);
            var reading = ReadAsync(requestStream, ends.Token);
            await responseStream.WriteAsync(new AgentCommand { Welcome = new Welcome { HeartbeatSeconds = connection.HeartbeatSeconds } });
            var writing = WriteAsync(responseStream, ends.Token);
            await Task.WhenAny(reading, writing);
            await ends.CancelAsync();
            await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new RpcException(new Status(StatusCode.Unavailable, "the silo ends"));
        }

        private async Task ReadAsync(IAsyncStreamReader<AgentMessage> requests, CancellationToken cancellationToken)
        {
            while (await requests.MoveNext(cancellationToken))
            {
                await connection.Messages.Writer.WriteAsync(requests.Current, cancellationToken);
            }
        }

        private async Task WriteAsync(IServerStreamWriter<AgentCommand> responses, CancellationToken cancellationToken)
        {
            await foreach (var command in connection.Commands.Reader.ReadAllAsync(cancellationToken))
            {
                await responses.WriteAsync(command, cancellationToken);
            }
        }
    }
}
