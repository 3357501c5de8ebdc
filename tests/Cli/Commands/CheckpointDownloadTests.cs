using Granary.Cli.Commands;
using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Tests.Commands;

public sealed class CheckpointDownloadTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoredArtifacts _artifacts = new();
    private readonly Checkpoint _checkpoint;
    private readonly string _path;
    private TestServer? _server;

    public CheckpointDownloadTests()
    {
        _checkpoint = new Checkpoint
        {
            Weights = _artifacts.Add("the weights, in several chunks"),
            Manifest = _artifacts.Add("{\"epoch\":1}"),
        };
        _path = Path.Combine(_folder.Path, "best", "s-1.safetensors");
    }

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new ScriptedSweeps(), _artifacts);

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FetchAsync_GoodBytes_WritesWeightsAndManifest()
    {
        await FetchAsync();

        Assert.Equal("the weights, in several chunks", await File.ReadAllTextAsync(_path));
        Assert.Equal("{\"epoch\":1}", await File.ReadAllTextAsync(Path.ChangeExtension(_path, ".json")));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(_path)!).Length);
    }

    [Fact]
    public async Task FetchAsync_OverAnOlderCheckpoint_ReplacesIt()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        await File.WriteAllTextAsync(_path, "what was best before, and longer than what is best now");

        await FetchAsync();

        Assert.Equal("the weights, in several chunks", await File.ReadAllTextAsync(_path));
    }

    [Fact]
    public async Task FetchAsync_DamagedBytes_AreRefusedAndNothingIsLeft()
    {
        _artifacts.Damaged = _checkpoint.Weights;

        CliException error = await Assert.ThrowsAsync<CliException>(FetchAsync);

        Assert.Contains(_checkpoint.Weights, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    [Fact]
    public async Task FetchAsync_StreamThatBreaks_LeavesNothing()
    {
        _artifacts.Broken = _checkpoint.Weights;

        RpcException error = await Assert.ThrowsAsync<RpcException>(FetchAsync);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    private Task FetchAsync() => CheckpointDownload.FetchAsync(_server!.Artifacts, _checkpoint, _path, CancellationToken.None);
}
