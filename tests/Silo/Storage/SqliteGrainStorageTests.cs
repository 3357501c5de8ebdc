using Orleans.Storage;

namespace Granary.Silo.Tests.Storage;

public sealed class SqliteGrainStorageTests : IAsyncLifetime
{
    private readonly StorageFixture _fixture = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Read_NeverWritten_GivesAFreshStateWithoutETag()
    {
        GrainState<SampleState> state = await _fixture.ReadAsync("nobody");

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal("", state.State!.Text);
    }

    [Fact]
    public async Task Write_EveryKindOfMember_ReadsBackTheSame()
    {
        var written = new SampleState
        {
            Sweep = new SweepId("fashion-lr-3"),
            Devices = [new DeviceId("node7", "cuda:0"), new DeviceId("a/b", "cpu:1")],
            Metrics = new Dictionary<string, double> { ["loss"] = double.NaN, ["top"] = double.PositiveInfinity, ["lr"] = 0.1 + 0.2 },
            Checkpoints = { [new TrialId(new SweepId("fashion-lr-3"), 12_345)] = new CheckpointRef("ab", "cd", 1L << 40, 3, 99) },
            At = new DateTimeOffset(2026, 11, 22, 6, 30, 0, 123, TimeSpan.FromHours(2)),
            Text = "umlaut ü, line\nend, nul \0, snowman ☃, emoji 🌾",
            Count = int.MinValue,
        };

        await _fixture.WriteAsync("all", written);
        SampleState read = (await _fixture.ReadAsync("all")).State!;

        Assert.Equal(written.Trial, read.Trial);
        Assert.Equal(written.Attempt, read.Attempt);
        Assert.Equal(written.Sweep, read.Sweep);
        Assert.Equal(written.Devices, read.Devices);
        Assert.Equal(written.Metrics, read.Metrics);
        Assert.Equal(written.Checkpoints, read.Checkpoints);
        Assert.Equal(written.At, read.At);
        Assert.Equal(written.Text, read.Text);
        Assert.Equal(written.Count, read.Count);
    }

    [Fact]
    public async Task Write_WithTheStoredETag_ChangesTheETag()
    {
        GrainState<SampleState> first = await _fixture.WriteAsync("one", new SampleState { Count = 1 });
        GrainState<SampleState> second = await _fixture.WriteAsync("one", new SampleState { Count = 2 }, first.ETag);

        Assert.NotEqual(first.ETag, second.ETag);
        Assert.True(second.RecordExists);
        GrainState<SampleState> read = await _fixture.ReadAsync("one");
        Assert.Equal((2, second.ETag), (read.State!.Count, read.ETag));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("not a number")]
    public async Task Write_WithAnotherETag_IsRefusedAndChangesNothing(string? etag)
    {
        GrainState<SampleState> stored = await _fixture.WriteAsync("one", new SampleState { Count = 1 });

        await Assert.ThrowsAsync<InconsistentStateException>(() => _fixture.WriteAsync("one", new SampleState { Count = 2 }, etag));

        GrainState<SampleState> read = await _fixture.ReadAsync("one");
        Assert.Equal((1, stored.ETag), (read.State!.Count, read.ETag));
    }

    [Fact]
    public async Task Write_WithAnETagThoughNothingIsStored_IsRefused() =>
        await Assert.ThrowsAsync<InconsistentStateException>(() => _fixture.WriteAsync("none", new SampleState(), "7"));

    [Fact]
    public async Task Clear_WithTheStoredETag_LeavesNothing()
    {
        GrainState<SampleState> state = await _fixture.WriteAsync("one", new SampleState { Count = 1 });

        await _fixture.Storage.ClearStateAsync("state", StorageFixture.Grain("one"), state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Count);
        Assert.False((await _fixture.ReadAsync("one")).RecordExists);
    }

    [Fact]
    public async Task Clear_WithAnotherETag_IsRefused()
    {
        await _fixture.WriteAsync("one", new SampleState { Count = 1 });
        var stale = new GrainState<SampleState> { State = new SampleState(), ETag = "1" };

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => _fixture.Storage.ClearStateAsync("state", StorageFixture.Grain("one"), stale));
    }

    [Fact]
    public async Task Write_WithTheETagOfAStateClearedAndWrittenAgain_IsRefused()
    {
        GrainState<SampleState> first = await _fixture.WriteAsync("one", new SampleState { Count = 1 });
        string? old = first.ETag;
        await _fixture.Storage.ClearStateAsync("state", StorageFixture.Grain("one"), first);
        await _fixture.ReopenAsync();
        await _fixture.WriteAsync("one", new SampleState { Count = 2 });

        await Assert.ThrowsAsync<InconsistentStateException>(() => _fixture.WriteAsync("one", new SampleState { Count = 3 }, old));
    }

    [Fact]
    public async Task Write_OneGrainFromManySidesAtOnce_LetsExactlyOneWin()
    {
        GrainState<SampleState> stored = await _fixture.WriteAsync("one", new SampleState());

        bool[] won = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await _fixture.WriteAsync("one", new SampleState { Count = i }, stored.ETag);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));

        Assert.Single(won, true);
    }

    [Fact]
    public async Task Write_ManyGrainsAtOnce_StoresAllOfThem()
    {
        const int Grains = 2_000;
        await Task.WhenAll(
            Enumerable.Range(0, Grains).Select(i => Task.Run(() => _fixture.WriteAsync($"g{i}", new SampleState { Count = i }))));
        await _fixture.ReopenAsync();

        for (int i = 0; i < Grains; i++) Assert.Equal(i, (await _fixture.ReadAsync($"g{i}")).State!.Count);
    }

    [Fact]
    public async Task Write_TwoStatesOfOneGrain_AreKeptApart()
    {
        await _fixture.WriteAsync("one", new SampleState { Count = 1 });
        var other = new GrainState<SampleState> { State = new SampleState { Count = 2 } };
        await _fixture.Storage.WriteStateAsync("other", StorageFixture.Grain("one"), other);

        Assert.Equal(1, (await _fixture.ReadAsync("one")).State!.Count);
    }

    [Fact]
    public async Task Write_AfterTheStorageClosed_SaysThatTheSiloStops()
    {
        await _fixture.Storage.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _fixture.WriteAsync("late", new SampleState()));
    }
}
