using Granary.Trainer.Parallel;

namespace Granary.Trainer.Tests.Parallel;

public sealed class SumClockTests
{
    // The first sum runs from 0 to 4 s; the second was asked for at 1 s and runs behind it, to 6 s. Backward ended at 5 s.
    [Fact]
    public async Task Read_TwoSums_CountsEachFromTheEndOfTheOneBefore()
    {
        var time = new ManualTime();
        var clock = new SumClock(time);
        TaskCompletionSource first = new(), second = new();
        clock.Begin();
        var one = clock.WatchAsync(first.Task, 100);
        time.Advance(TimeSpan.FromSeconds(1));
        var two = clock.WatchAsync(second.Task, 50);
        time.Advance(TimeSpan.FromSeconds(3));
        first.SetResult();
        await one;
        time.Advance(TimeSpan.FromSeconds(1));
        var backwardEnded = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(1));
        second.SetResult();
        await two;

        Assert.Equal(new SumTimes(150, 6, 5.0 / 6), clock.Read(backwardEnded));
    }
}
