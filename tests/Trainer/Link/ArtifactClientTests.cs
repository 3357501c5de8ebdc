using System.Security.Cryptography;
using Granary.Trainer.Link;
using Granary.Trainer.Tests.Worker;
using Grpc.Core;

namespace Granary.Trainer.Tests.Link;

public sealed class ArtifactClientTests
{
    // More than two of the client's chunks.
    private static readonly byte[] Content = RandomBytes(1_300_000);
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));

    [Fact]
    public async Task StoreAsync_NewFile_ArrivesWhole()
    {
        await using var silo = await Store.StartAsync();

        await silo.Client.StoreAsync(silo.File(Content), Hash, CancellationToken.None);

        Assert.Equal(Content, silo.Memory.Artifacts[Hash]);
    }

    [Fact]
    public async Task StoreAsync_InterruptedBefore_SendsOnlyTheRest()
    {
        await using var silo = await Store.StartAsync();
        silo.Memory.Partial[Hash] = Content[..1_000_000];

        await silo.Client.StoreAsync(silo.File(Content), Hash, CancellationToken.None);

        Assert.Equal(Content, silo.Memory.Artifacts[Hash]);
        Assert.Equal(300_000, silo.Memory.Received);
    }

    [Fact]
    public async Task StoreAsync_DamagedRest_StartsAgain()
    {
        await using var silo = await Store.StartAsync();
        silo.Memory.Partial[Hash] = new byte[1_000_000];

        await silo.Client.StoreAsync(silo.File(Content), Hash, CancellationToken.None);

        Assert.Equal(Content, silo.Memory.Artifacts[Hash]);
    }

    [Fact]
    public async Task StoreAsync_FileOfAnotherName_IsRefused()
    {
        await using var silo = await Store.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(
            () => silo.Client.StoreAsync(silo.File([1, 2, 3]), Hash, CancellationToken.None));

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
    }

    [Fact]
    public async Task FetchAsync_Stored_IsVerifiedAndKept()
    {
        await using var silo = await Store.StartAsync();
        silo.Memory.Artifacts[Hash] = Content;

        var path = await silo.Client.FetchAsync(Hash, silo.Folder, CancellationToken.None);
        silo.Memory.Artifacts.Clear();
        var again = await silo.Client.FetchAsync(Hash, silo.Folder, CancellationToken.None);

        Assert.Equal(path, again);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task FetchAsync_OtherBytesThanTheName_IsDataLoss()
    {
        await using var silo = await Store.StartAsync();
        silo.Memory.Artifacts[Hash] = RandomBytes(10);

        var error = await Assert.ThrowsAsync<RpcException>(() => silo.Client.FetchAsync(Hash, silo.Folder, CancellationToken.None));

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.False(File.Exists(Path.Combine(silo.Folder, Hash)));
    }

    [Fact]
    public async Task FetchAsync_Unknown_SaysSoAtOnce()
    {
        await using var silo = await Store.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => silo.Client.FetchAsync(Hash, silo.Folder, CancellationToken.None));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private sealed class Store : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private SiloLink _link = null!;
        private WorkerSilo _silo = null!;

        public ArtifactClient Client { get; private set; } = null!;

        public SiloMemory Memory => _silo.Memory;

        public string Folder => _folder.File("fetched");

        public static async Task<Store> StartAsync()
        {
            var store = new Store();
            var siloFile = store._folder.File("silo.json");
            store._silo = await WorkerSilo.StartAsync(siloFile);
            store._link = new SiloLink(new SiloLocation(null, siloFile));
            store.Client = new ArtifactClient(new SiloCalls(store._link, TimeProvider.System, seed: 1), TimeSpan.FromSeconds(20));
            return store;
        }

        public string File(byte[] content)
        {
            var path = _folder.File("artifact");
            System.IO.File.WriteAllBytes(path, content);
            return path;
        }

        public async ValueTask DisposeAsync()
        {
            _link.Dispose();
            await _silo.DisposeAsync();
            _folder.Dispose();
        }
    }
}
