using Granary.Silo.Storage;
using Granary.Silo.Telemetry;

namespace Granary.Silo.Tests.Storage;

/// <summary>A grain storage over a real file, which can be closed and opened again.</summary>
internal sealed class StorageFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SiloInstruments _instruments = new(TimeProvider.System);

    public StorageFixture() => Storage = Open();

    public SqliteGrainStorage Storage { get; private set; }

    public string Path => _folder.File("grains.db");

    public static GrainId Grain(string key) => GrainId.Create("sample", key);

    public async Task<GrainState<SampleState>> ReadAsync(string key)
    {
        var state = new GrainState<SampleState>();
        await Storage.ReadStateAsync("state", Grain(key), state);
        return state;
    }

    public async Task<GrainState<SampleState>> WriteAsync(string key, SampleState content, string? etag = null)
    {
        var state = new GrainState<SampleState> { State = content, ETag = etag };
        await Storage.WriteStateAsync("state", Grain(key), state);
        return state;
    }

    public async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        Storage = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        _instruments.Dispose();
        _folder.Dispose();
    }

    private SqliteGrainStorage Open() => new(Path, TimeProvider.System, _instruments);
}
