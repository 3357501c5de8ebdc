using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Granary.Dashboard.Explaining;
using Granary.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Dashboard.Tests.Explaining;

/// <summary>A checkpoint that the real trainer has just made, in an artifact store over a real socket.</summary>
public sealed class ExplainFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _server;
    private GrpcChannel? _channel;

    internal ScriptedArtifacts Store { get; } = new();

    internal ExplainRequest Request { get; private set; } = null!;

    internal Artifacts.ArtifactsClient Client => new(_channel);

    public async Task InitializeAsync()
    {
        string file = _folder.Write("run.yaml", """
            name: run
            model: lenet-relu
            data: { set: fashion-mnist, batch: 64, limit: 256 }
            train: { epochs: 1, lr: 0.1 }
            """);
        using Process trainer = Process.Start(new ProcessStartInfo(
            TrainerProgram.Find()!, ["train", file, "--out", _folder.File("run"), "--device", "cpu", "--quiet"]))!;
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        await trainer.WaitForExitAsync(patience.Token);
        Assert.Equal(0, trainer.ExitCode);
        string weights = Directory.GetFiles(_folder.File("run"), "*.safetensors", SearchOption.AllDirectories).Single();
        string manifest = Path.ChangeExtension(weights, ".json");
        Request = new ExplainRequest(Add(File.ReadAllBytes(weights)), Add(File.ReadAllBytes(manifest)), 300_000, 3, false);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Store);
        _server = builder.Build();
        _server.MapGrpcService<ScriptedArtifacts>();
        await _server.StartAsync();
        _channel = GrpcChannel.ForAddress(_server.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _folder.Dispose();
    }

    internal string Add(byte[] bytes)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Store.Stored[hash] = bytes;
        return hash;
    }
}
