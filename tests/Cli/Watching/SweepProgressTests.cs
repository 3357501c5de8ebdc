using Granary.Cli.Watching;
using Granary.V1;
using Microsoft.Extensions.Time.Testing;

namespace Granary.Cli.Tests.Watching;

public sealed class SweepProgressTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly SweepProgress _progress;

    public SweepProgressTests() => _progress = new SweepProgress(_time);

    [Fact]
    public void State_BeforeAnyEvent_IsEmpty()
    {
        Assert.Null(_progress.Sweep);
        Assert.Empty(_progress.Trials);
        Assert.Equal(0, _progress.Share());
        Assert.Null(_progress.Left());
    }

    [Fact]
    public void Left_WithoutASnapshot_IsNull()
    {
        // A silo sends the snapshot first; what comes instead must not break the display.
        _progress.Take(new SweepEvent { Summary = Samples.Sweep(SweepState.Running, 2) });
        _progress.Take(Samples.Event(Samples.Trial(1, TrialState.Succeeded)));

        Assert.Null(_progress.Left());
    }

    [Fact]
    public void Share_AfterASnapshot_CountsEveryPlannedTrialTheSame()
    {
        _progress.Take(Samples.Event(Samples.Sweep(
            SweepState.Running, 4, Samples.Trial(1, TrialState.Failed), Samples.Trial(2, TrialState.Running, epochsDone: 1))));

        // One ended whatever its epochs, one at 1 of 4 epochs, two not yet made: (1 + 1/4) / 4.
        Assert.Equal(0.3125, _progress.Share());
        Assert.Equal([1, 2], _progress.Trials.Select(trial => trial.Trial.Number));
    }

    [Fact]
    public void Share_MidEpoch_FollowsTheMetrics()
    {
        _progress.Take(Samples.Event(Samples.Sweep(SweepState.Running, 1, Samples.Trial(1, TrialState.Running, epochsDone: 1))));

        _progress.Take(Samples.Metrics(1, attempt: 1, epoch: 1.5, loss: 0.25));

        Assert.Equal(1.5 / 4, _progress.Share());
        Assert.Equal(0.25, _progress.Trials[0].Metric("train-loss"));
        Assert.Null(_progress.Trials[0].Metric("valid-loss"));
    }

    [Fact]
    public void Left_AfterAQuarterInTenSeconds_IsThirtySeconds()
    {
        _progress.Take(Samples.Event(Samples.Sweep(SweepState.Running, 1, Samples.Trial(1, TrialState.Running))));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_progress.Left());

        _progress.Take(Samples.Event(Samples.Trial(1, TrialState.Running, version: 2, epochsDone: 1)));

        Assert.Equal(TimeSpan.FromSeconds(10), _progress.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(30), _progress.Left());
    }

    [Fact]
    public void Left_OfASweepThatGoesOn_CountsOnlyWhatWasSeen()
    {
        Trial done = Samples.Trial(1, TrialState.Succeeded);
        _progress.Take(Samples.Event(Samples.Sweep(SweepState.Running, 2, done, Samples.Trial(2, TrialState.Running))));
        _time.Advance(TimeSpan.FromSeconds(10));

        // The stream broke and began again: its snapshot is no new beginning.
        Trial half = Samples.Trial(2, TrialState.Running, version: 2, epochsDone: 2);
        _progress.Take(Samples.Event(Samples.Sweep(SweepState.Running, 2, done, half)));

        // A quarter of the sweep was seen, a quarter is left.
        Assert.Equal(TimeSpan.FromSeconds(10), _progress.Left());
    }

    [Fact]
    public void Take_ATrial_ReturnsItWithWhatWasKnownBefore()
    {
        Assert.True(_progress.Take(Samples.Event(Samples.Trial(1, TrialState.Queued))) is (null, { Trial.State: TrialState.Queued }));

        var change = _progress.Take(Samples.Event(Samples.Trial(1, TrialState.Running, version: 2)));

        Assert.True(change is ({ Trial.State: TrialState.Queued }, { Trial.State: TrialState.Running }));
    }

    [Fact]
    public void Take_AnOlderVersion_ChangesNothing()
    {
        _progress.Take(Samples.Event(Samples.Trial(1, TrialState.Succeeded, version: 3)));

        Assert.Null(_progress.Take(Samples.Event(Samples.Trial(1, TrialState.Running, version: 2))));
        _progress.Take(Samples.Event(Samples.Sweep(SweepState.Running, 1, Samples.Trial(1, TrialState.Queued))));

        Assert.Equal(TrialState.Succeeded, Assert.Single(_progress.Trials).Trial.State);
    }

    [Fact]
    public void Take_ANewAttempt_ForgetsTheOldStep()
    {
        _progress.Take(Samples.Event(Samples.Trial(1, TrialState.Running)));
        _progress.Take(Samples.Metrics(1, attempt: 1, epoch: 3, loss: 0.25));
        Trial second = Samples.Trial(1, TrialState.Running, version: 2);
        second.Attempt = 2;

        _progress.Take(Samples.Event(second));

        Assert.Null(_progress.Trials[0].Step);
        Assert.Equal(0, _progress.Trials[0].Share);
    }

    [Fact]
    public void Take_MetricsOfAnOlderAttempt_ChangesNothing()
    {
        Trial second = Samples.Trial(1, TrialState.Running);
        second.Attempt = 2;
        _progress.Take(Samples.Event(second));

        _progress.Take(Samples.Metrics(1, attempt: 1, epoch: 3, loss: 0.25));

        Assert.Null(_progress.Trials[0].Step);
    }

    [Fact]
    public void Take_MetricsOfAnUnknownTrial_ChangesNothing()
    {
        _progress.Take(Samples.Metrics(7, attempt: 1, epoch: 3, loss: 0.25));

        Assert.Empty(_progress.Trials);
    }
}
