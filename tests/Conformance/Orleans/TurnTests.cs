using Orleans.Runtime;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>Expected behaviour: Orleans 10.2 as measured (reentrancy, timeouts, one-way calls).</summary>
[Collection(ClusterCollection.Name)]
public sealed class TurnTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallCycle_NotAllowed_EndsInTimeoutAndTheGrainRecovers(bool remote)
    {
        var grain = Lab(remote, "cycle");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.CallBackAsync(Lab(remote, "cycle-through"), allow: false));
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(grain.NameAsync) is null, "the cycle's inner call has timed out too, and the grain answers");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallCycle_AllowedForTheChain_Answers(bool remote) =>
        Assert.Equal($"chain-{remote}", await Lab(remote, "chain").CallBackAsync(Lab(remote, "chain-through"), allow: true));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AlwaysInterleave_WhileARequestWaits_RunsAtOnce(bool remote)
    {
        var grain = Lab(remote, "interleave");
        var blocked = grain.BlockAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await grain.GetBlockedAsync() == 1, "the request is under way");
        var queued = grain.NameAsync();
        Assert.Equal(1, await grain.GetBlockedAsync());
        Assert.False(queued.IsCompleted);
        await grain.ReleaseAsync();
        await blocked;
        Assert.Equal($"interleave-{remote}", await queued);
    }

    [Fact]
    public async Task ReadOnly_SeveralAtOnce_Interleave()
    {
        var grain = Lab(false, "readers");
        Task[] readers = [grain.BlockReadingAsync(), grain.BlockReadingAsync(), grain.BlockReadingAsync()];
        await Eventually.TrueAsync(async () => await grain.GetBlockedAsync() == 3, "three readers are under way");
        await grain.ReleaseAsync();
        await Task.WhenAll(readers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ResponseTimeout_OfTheMethod_EndsTheCall(bool remote)
    {
        var grain = Lab(remote, "brief");
        await Assert.ThrowsAsync<TimeoutException>(grain.BlockBrieflyAsync);
        await grain.ReleaseAsync();
        Assert.Equal($"brief-{remote}", await grain.NameAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_OfACallUnderWay_ReachesTheGrain(bool remote)
    {
        var grain = Lab(remote, "cancel");
        using var stop = new CancellationTokenSource();
        var blocked = grain.BlockAsync(stop.Token);
        await Eventually.TrueAsync(async () => await grain.GetBlockedAsync() == 1, "the request is under way");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked);
        await Eventually.TrueAsync(async () => await grain.GetBlockedAsync() == 0, "the grain has been told");
        Assert.Equal($"cancel-{remote}", await grain.NameAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneWay_WhenTheGrainFails_ReturnsAndDropsTheException(bool remote)
    {
        var grain = Lab(remote, "one-way");
        await grain.ForgetAsync(fail: true);
        await Eventually.TrueAsync(async () => await grain.GetForgottenAsync() == 1, "the one-way call arrived");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestContext_SetByTheCaller_IsThereForTheGrain(bool remote)
    {
        RequestContext.Set("who", "me");
        Assert.Equal("me", await Lab(remote, "context").GetContextAsync("who"));
        RequestContext.Clear();
        Assert.Null(await Lab(remote, "context").GetContextAsync("who"));
    }

    [Fact]
    public async Task Continuations_OfAGrain_ResumeOnItsScheduler() => Assert.True(await Lab(false, "scheduler").IsOnItsOwnTurnAsync());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timer_WhileARequestIsUnderWay_TicksOnlyWhenItInterleaves(bool interleave)
    {
        var grain = Lab(false, $"timer-{interleave}");
        await grain.StartTimerAsync(interleave);
        await Eventually.TrueAsync(async () => await grain.GetTicksAsync() >= 3, "the timer ticks");
        var blocked = grain.BlockAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await grain.GetBlockedAsync() == 1, "the request is under way");
        int before = await grain.GetTicksAsync();
        if (interleave)
            await Eventually.TrueAsync(async () => await grain.GetTicksAsync() > before + 2, "the timer ticks between the turns");
        else
            Assert.Equal(before, await AfterTwentyPeriodsAsync(grain));
        await grain.ReleaseAsync();
        await blocked;
        await grain.StopTimerAsync();
        int last = await grain.GetTicksAsync();
        Assert.InRange(await AfterTwentyPeriodsAsync(grain), last, last);
    }

    private static async Task<int> AfterTwentyPeriodsAsync(ILabGrain grain)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        return await grain.GetTicksAsync();
    }

    private ILabGrain Lab(bool remote, string key) => cluster.Factory(remote).GetGrain<ILabGrain>($"{key}-{remote}");
}
