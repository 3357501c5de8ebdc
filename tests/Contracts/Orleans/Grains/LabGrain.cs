namespace Granary.Contracts.Tests.Orleans;

public sealed class LabGrain : Grain, ILabGrain
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

    private readonly List<int> _appended = [];
    private readonly TaskCompletionSource _release = new();
    private IGrainTimer? _again;
    private int _blocked;
    private int _ticks;
    private int _interleavedTicks;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => this.GetPrimaryKeyString() == "broken"
        ? throw new InvalidDataException("cannot wake")
        : Task.CompletedTask;

    public async Task AppendAsync(int number)
    {
        await Task.Yield();
        _appended.Add(number);
        await Task.Yield();
    }

    public async Task BlockAsync(CancellationToken cancellationToken)
    {
        _blocked++;
        try
        {
            await _release.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _blocked--;
        }
    }

    public Task StartTimersAsync()
    {
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(Period, Period));
        // As an effect pump: it waits until somebody, or its own callback, asks for one run.
        _again = this.RegisterGrainTimer(
            TickBetweenTurnsAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        _again.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task TellAsync(ILabObserver observer, int times)
    {
        for (int number = 0; number < times; number++) await observer.ToldAsync(number);
    }

    public async Task FailAsync(string how)
    {
        await Task.Yield();
        throw how switch
        {
            "own" => new LabException("of our own", 17),
            "argument" => new ArgumentException("no such thing"),
            _ => new KeyNotFoundException("not here"),
        };
    }

    public Task ReleaseAsync()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<LabView> LookAsync() => Task.FromResult(new LabView([.. _appended], _blocked, _ticks, _interleavedTicks));

    private Task TickAsync(CancellationToken cancellationToken)
    {
        _ticks++;
        return Task.CompletedTask;
    }

    private Task TickBetweenTurnsAsync(CancellationToken cancellationToken)
    {
        _interleavedTicks++;
        _again!.Change(Period, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }
}
