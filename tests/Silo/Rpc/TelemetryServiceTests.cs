using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class TelemetryServiceTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Join_WhileAnotherRankIsMissing_NamesItBeforeTheDeadline()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("missing-node", "missing", devices: 2));
        V1.StartRank[] ranks = await StartAsync(agent, "missing", devices: 2);

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => new Worker(silo, ranks.Single(rank => rank.Id.Rank == 0)).JoinAsync("127.0.0.1:1", TimeSpan.FromSeconds(3)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Contains("of 2 ranks, 1 did not join", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_AllRanks_GivesEachTheEndpointsInOrderOfRank()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("pair-node", "pair", devices: 2));
        V1.StartRank[] ranks = await StartAsync(agent, "pair", devices: 2);

        V1.JoinReply[] replies = await Task.WhenAll(
            ranks.Select(rank => new Worker(silo, rank).JoinAsync($"127.0.0.1:{100 + rank.Id.Rank}", SiloFixture.Patience)));

        Assert.All(replies, reply => Assert.Equal(["127.0.0.1:100", "127.0.0.1:101"], reply.Endpoints));
        Assert.All(replies, reply => Assert.Equal(["pair-node", "pair-node"], reply.Nodes));
    }

    [Fact]
    public async Task Join_RingBroke_TheRanksMeetForTheNextAndTheLateOneLearnsItsNumber()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("ring-node", "rings", devices: 2));
        V1.StartRank[] starts = await StartAsync(agent, "rings", devices: 2);
        Worker[] ranks = [.. starts.OrderBy(start => start.Id.Rank).Select(start => new Worker(silo, start))];
        await Task.WhenAll(ranks.Select(rank => rank.JoinAsync($"127.0.0.1:{rank.Id.Rank}", SiloFixture.Patience)));

        await Task.WhenAll(ranks.Select(rank => rank.JoinAsync($"127.0.0.1:{10 + rank.Id.Rank}", SiloFixture.Patience, ring: 1)));

        Task<V1.JoinReply> first = ranks[0].JoinAsync("127.0.0.1:100", SiloFixture.Patience, ring: 2);
        // Until the other's word has arrived, the ring that both were in is the newest.
        using var patience = new CancellationTokenSource(SiloFixture.Patience);
        V1.JoinReply late;
        do late = await ranks[1].JoinAsync("127.0.0.1:11", SiloFixture.Patience, ring: 1);
        while (late.Ring == 1 && !patience.IsCancellationRequested);
        V1.JoinReply second = await ranks[1].JoinAsync("127.0.0.1:101", SiloFixture.Patience, ring: late.Ring);

        Assert.Empty(late.Endpoints);
        Assert.All([await first, second], reply => Assert.Equal(2, reply.Ring));
        Assert.All([await first, second], reply => Assert.Equal(["127.0.0.1:100", "127.0.0.1:101"], reply.Endpoints));
    }

    [Fact]
    public async Task Join_LostRanksWorker_IsReplacedByTheNextStartInTheNextRing()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("replaced-node", "replaced", devices: 2));
        V1.StartRank[] starts = [.. (await StartAsync(agent, "replaced", devices: 2)).OrderBy(start => start.Id.Rank)];
        await Task.WhenAll(starts.Select(start => new Worker(silo, start).JoinAsync($"127.0.0.1:{start.Id.Rank}", SiloFixture.Patience)));

        await agent.ExitAsync(starts[1].Id, 137);
        V1.StartRank again = (await agent.NextAsync()).StartRank;
        Assert.Equal((1, 1, 1, 1), (again.Id.Attempt, again.Id.Rank, again.Id.Start, again.Ring));
        Assert.Equal((starts[1].Device, starts[1].Secret), (again.Device, again.Secret));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => new Worker(silo, starts[1]).JoinAsync("127.0.0.1:9", SiloFixture.Patience, ring: 1));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        V1.JoinReply[] replies = await Task.WhenAll(
            new Worker(silo, starts[0]).JoinAsync("127.0.0.1:100", SiloFixture.Patience, ring: 1),
            new Worker(silo, again).JoinAsync("127.0.0.1:101", SiloFixture.Patience, ring: 1));
        Assert.All(replies, reply => Assert.Equal(["127.0.0.1:100", "127.0.0.1:101"], reply.Endpoints));
    }

    [Fact]
    public async Task Messages_OfAnotherAttempt_AreRefused()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("stale-node", "stale", devices: 1));
        V1.StartRank start = Assert.Single(await StartAsync(agent, "stale", devices: 1));
        V1.StartRank other = start.Clone();
        other.Id.Attempt++;
        var zombie = new Worker(silo, other);

        foreach (Func<Task> message in new Func<Task>[]
        {
            () => zombie.MeasureAsync(1, 1),
            () => zombie.ReportAsync(1, 0.5, last: true),
            () => zombie.JoinAsync("127.0.0.1:1", SiloFixture.Patience),
        })
        {
            RpcException error = await Assert.ThrowsAsync<RpcException>(message);
            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        }
    }

    [Fact]
    public async Task ReportEpoch_WithACheckpointThatWasNeverUploaded_IsRefused()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("lost-node", "lost", devices: 1));
        V1.StartRank start = Assert.Single(await StartAsync(agent, "lost", devices: 1));
        string hash = new('a', 64);

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await silo.Telemetry.ReportEpochAsync(new V1.EpochReport
        {
            Id = start.Id,
            Epoch = 1,
            Step = 1,
            Checkpoint = new V1.Checkpoint { Weights = hash, Manifest = hash, Epoch = 1, Step = 1 },
        }));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains(hash, error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-1/0001", 1, 1)]
    [InlineData("x-1/0001", 0, 0)]
    [InlineData("nonsense", 1, 0)]
    public async Task ReportEpoch_OfAnImpossibleRank_IsRefused(string trial, int attempt, int rank)
    {
        var id = new V1.RankId { Trial = trial, Attempt = attempt, Rank = rank };

        var report = new V1.EpochReport { Id = id };
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await silo.Telemetry.ReportEpochAsync(report));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    private async Task<V1.StartRank[]> StartAsync(Agent agent, string name, int devices)
    {
        await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid(name, trials: 1, devices: devices) });
        var ranks = new V1.StartRank[devices];
        for (int i = 0; i < devices; i++) ranks[i] = (await agent.NextAsync()).StartRank;
        return ranks;
    }
}
