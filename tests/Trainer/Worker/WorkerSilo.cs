using System.Net;
using System.Security.Cryptography;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Trainer.Tests.Worker;

/// <summary>A real server with what a worker needs of a silo: it joins ranks, takes reports, and keeps artifacts in memory.</summary>
internal sealed class WorkerSilo : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WorkerSilo(WebApplication server, SiloMemory memory) => (_server, Memory) = (server, memory);

    public SiloMemory Memory { get; }

    public string Endpoint => new Uri(_server.Urls.Single()).Authority;

    /// <summary>Starts a silo, or with the memory of an earlier one restarts it on another port.</summary>
    public static async Task<WorkerSilo> StartAsync(string siloFile, SiloMemory? memory = null)
    {
        memory ??= new SiloMemory();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore().AddGrpc();
        builder.Services.AddSingleton(memory);
        var server = builder.Build();
        Map(server);
        await server.StartAsync();
        var silo = new WorkerSilo(server, memory);
        await File.WriteAllTextAsync(siloFile, $$"""{"grpc":"{{silo.Endpoint}}"}""");
        return silo;
    }

    /// <summary>Serves workers; the server's services have a <see cref="SiloMemory"/>.</summary>
    public static void Map(WebApplication server)
    {
        server.MapGrpcService<TelemetryService>();
        server.MapGrpcService<ArtifactService>();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class TelemetryService(SiloMemory memory) : Telemetry.TelemetryBase
    {
        public override async Task<JoinReply> Join(JoinRequest request, ServerCallContext context)
        {
            var meeting = memory.Meeting;
            meeting.Requests.Enqueue(request);
            while (true)
            {
                if (meeting.Join(request) is { } reply) return reply;
                await Task.Delay(20, context.CancellationToken);
            }
        }

        public override async Task<MetricSummary> Stream(IAsyncStreamReader<MetricBatch> requestStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                foreach (var step in requestStream.Current.Steps) memory.Steps[step.Step] = step;
                memory.Stepped.Release();
            }

            return new MetricSummary { Steps = memory.Steps.Count };
        }

        public override async Task<EpochDirective> ReportEpoch(EpochReport request, ServerCallContext context)
        {
            var attempt = memory.Meeting;
            if (request.Epoch >= memory.SilentFrom)
            {
                memory.Ignored.Release();
                while (request.Epoch >= memory.SilentFrom) await Task.Delay(20, context.CancellationToken);
            }

            if (memory.Refuse || attempt != memory.Meeting) throw new RpcException(new Status(StatusCode.FailedPrecondition, "attempt 9 has begun"));
            memory.RequireStored(request.Checkpoint);
            memory.Epochs.Enqueue(request);
            memory.Reported.Release();
            return new EpochDirective { Action = memory.Directive };
        }

        public override Task<CheckpointReceipt> ReportCheckpoint(CheckpointReport request, ServerCallContext context)
        {
            memory.RequireStored(request.Checkpoint);
            memory.Checkpoints.Enqueue(request.Checkpoint);
            return Task.FromResult(new CheckpointReceipt());
        }
    }

    private sealed class ArtifactService(SiloMemory memory) : Artifacts.ArtifactsBase
    {
        public override Task<StatReply> Stat(StatRequest request, ServerCallContext context) => Task.FromResult(memory.Stat(request.Hash));

        public override async Task<StatReply> Upload(IAsyncStreamReader<UploadPart> requestStream, ServerCallContext context)
        {
            Assert.True(await requestStream.MoveNext(context.CancellationToken));
            var header = requestStream.Current.Header;
            var bytes = new MemoryStream();
            if (memory.Partial.TryRemove(header.Hash, out var begun)) bytes.Write(begun.AsSpan(0, (int)header.Offset));
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                requestStream.Current.Chunk.WriteTo(bytes);
                memory.Received += requestStream.Current.Chunk.Length;
            }

            if (Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())) != header.Hash || bytes.Length != header.Bytes)
            {
                throw new RpcException(new Status(StatusCode.DataLoss, "other bytes than the name says"));
            }

            memory.Artifacts[header.Hash] = bytes.ToArray();
            return memory.Stat(header.Hash);
        }

        public override async Task Download(
            DownloadRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context)
        {
            if (!memory.Artifacts.TryGetValue(request.Hash, out var bytes))
            {
                throw new RpcException(new Status(StatusCode.NotFound, request.Hash));
            }

            for (var offset = (int)request.Offset; offset < bytes.Length; offset += 65_536)
            {
                var chunk = ByteString.CopyFrom(bytes, offset, Math.Min(65_536, bytes.Length - offset));
                await responseStream.WriteAsync(new ArtifactChunk { Chunk = chunk });
            }
        }
    }
}
