using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class SharedMemoryLaneTests
{
    private static readonly LaneWait Wait = new(RingHarness.Patience, CancellationToken.None);

    [Fact]
    public async Task JoinAsync_OneHost_UsesMemoryAndLeavesNoNameBehind()
    {
        using var folder = new TemporaryFolder();
        await using var ring = await RingHarness.StartAsync(3, new RingOptions { SharedMemoryFolder = folder.Path });

        Assert.All(ring.Hosts, host => Assert.True(host.UsesSharedMemory));
        Assert.Empty(Directory.GetFiles(folder.Path));
        await CollectiveSuite.SumsAsync(ring.Ranks, 300_001);
    }

    [Fact]
    public async Task JoinAsync_NoMemoryFolder_FallsBackToTheNetwork()
    {
        await using var ring = await RingHarness.StartAsync(2, new RingOptions { SharedMemoryFolder = "/nonexistent" });

        Assert.All(ring.Hosts, host => Assert.False(host.UsesSharedMemory));
        await CollectiveSuite.SumsAsync(ring.Ranks, 300_001);
    }

    [Fact]
    public async Task JoinAsync_MemoryOfAnotherHost_FallsBackToTheNetwork()
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        await using var ring = new RingHarness();
        await ring.ServeAsync([new RingOptions { SharedMemoryFolder = here.Path }, new RingOptions { SharedMemoryFolder = there.Path }]);
        await ring.JoinAsync();

        Assert.All(ring.Hosts, host => Assert.False(host.UsesSharedMemory));
        Assert.Empty(Directory.GetFiles(here.Path));
        Assert.Empty(Directory.GetFiles(there.Path));
        await CollectiveSuite.SumsAsync(ring.Ranks, 300_001);
    }

    [Theory]
    [InlineData(0, 1u)]
    [InlineData(1 << 20, 1u)]
    [InlineData(64, 1_000_000u)]
    public void Receive_HostileHeader_BreaksTheRingNamingTheSender(int bytes, uint written)
    {
        using var folder = new TemporaryFolder();
        using var health = new RingHealth();
        using var region = SharedMemoryRegion.Create(folder.Path, 4, 4096, out var offer);
        var receiver = new SharedMemoryReceiver(SharedMemoryRegion.Open(folder.Path, offer)!, from: 1, rank: 0, health);
        region.Header(0) = new SharedMemoryHeader { Bytes = bytes };
        region.Written = written;

        var error = Assert.Throws<CollectiveException>(() => { receiver.Receive(out _, Wait); });

        Assert.Contains("Rank 1 sent a chunk", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../passwd", 4, 4096)]
    [InlineData("elsewhere", 4, 4096)]
    [InlineData(null, 3, 4096)]
    [InlineData(null, 1 << 30, 4096)]
    [InlineData(null, 8, 4096)]
    [InlineData(null, 4, 2 << 20)]
    public void Open_OfferThatDoesNotFit_IsRefused(string? name, int slots, int slotBytes)
    {
        using var folder = new TemporaryFolder();
        using var region = SharedMemoryRegion.Create(folder.Path, 4, 4096, out var offer);

        Assert.Null(SharedMemoryRegion.Open(folder.Path, offer with { Name = name ?? offer.Name, Slots = slots, SlotBytes = slotBytes }));
    }

    [Fact]
    public void Open_WrongNonce_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var region = SharedMemoryRegion.Create(folder.Path, 4, 4096, out var offer);

        Assert.Null(SharedMemoryRegion.Open(folder.Path, offer with { Nonce = new byte[16] }));
    }
}
