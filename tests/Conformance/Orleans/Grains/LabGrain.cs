using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Granary.Conformance.Orleans.Tests;

public sealed class LabGrain : Grain, ILabGrain
{
    private TaskCompletionSource _release = new();
    private ILabObserver? _observer;
    private IGrainTimer? _timer;
    private int _blocked;
    private int _forgotten;
    private int _ticks;
    private int _ended;

    public async Task<string> CallBackAsync(ILabGrain through, bool allow)
    {
        if (!allow)
            return await through.RelayAsync(this.AsReference<ILabGrain>());
        using var section = RequestContext.AllowCallChainReentrancy();
        return await through.RelayAsync(this.AsReference<ILabGrain>());
    }

    public Task<string> RelayAsync(ILabGrain back) => back.NameAsync();

    public Task<string> NameAsync() => Task.FromResult(this.GetPrimaryKeyString());

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

    public Task BlockReadingAsync() => BlockAsync(CancellationToken.None);

    public Task BlockBrieflyAsync() => BlockAsync(CancellationToken.None);

    public Task ReleaseAsync()
    {
        _release.TrySetResult();
        _release = new();
        return Task.CompletedTask;
    }

    public Task<int> GetBlockedAsync() => Task.FromResult(_blocked);

    public Task ForgetAsync(bool fail)
    {
        _forgotten++;
        return fail ? throw new InvalidOperationException("nobody hears") : Task.CompletedTask;
    }

    public Task<int> GetForgottenAsync() => Task.FromResult(_forgotten);

    public Task<string?> GetContextAsync(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task StartTimerAsync(bool interleave)
    {
        var every = TimeSpan.FromMilliseconds(10);
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(every, every) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StopTimerAsync()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> GetTicksAsync() => Task.FromResult(_ticks);

    public Task SubscribeAsync(ILabObserver observer)
    {
        _observer = observer;
        return Task.CompletedTask;
    }

    public Task NotifyAsync(string text) => _observer!.ToldAsync(text);

    public Task<string> AskAsync(string text) => _observer!.AskedAsync(text);

    public async IAsyncEnumerable<int> CountAsync(int count, int failAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (i == failAt)
                    throw new InvalidOperationException($"failed at {i}");
                if (i % 50 == 49)
                    await Task.Delay(1, cancellationToken);
                yield return i;
            }
        }
        finally
        {
            _ended++;
        }
    }

    public Task<int> GetEnumerationsEndedAsync() => Task.FromResult(_ended);

    public async Task<bool> IsOnItsOwnTurnAsync()
    {
        var turn = TaskScheduler.Current;
        await Task.Delay(1);
        bool resumed = TaskScheduler.Current == turn && turn != TaskScheduler.Default;
        bool left = await Task.Run(() => TaskScheduler.Current == TaskScheduler.Default);
        return resumed && left && TaskScheduler.Current == turn;
    }

    private Task Tick(CancellationToken cancellationToken)
    {
        _ticks++;
        return Task.CompletedTask;
    }
}
