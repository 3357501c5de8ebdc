using Granary.Trainer.Link;

namespace Granary.Trainer.Tests.Link;

public sealed class BackoffTests
{
    [Fact]
    public void Next_Again_DoublesUpToTheLimitAndKeepsAtLeastHalf()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), seed: 3);

        foreach (var whole in new[] { 1, 2, 4, 5, 5 }) Assert.InRange(backoff.Next().TotalSeconds, whole / 2.0, whole);
    }

    [Fact]
    public void Reset_AfterWaits_BeginsAnew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), seed: 3);
        for (var i = 0; i < 10; i++) backoff.Next();

        backoff.Reset();

        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Next_SameSeed_GivesTheSameWaits()
    {
        var one = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), seed: 9);
        var other = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), seed: 9);

        for (var i = 0; i < 5; i++) Assert.Equal(one.Next(), other.Next());
    }
}
