using Orleans.Concurrency;

namespace Granary.Conformance.Orleans.Tests;

public interface ILabGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:00.500")]
    Task<string> CallBackAsync(ILabGrain through, bool allow);

    Task<string> RelayAsync(ILabGrain back);

    [ResponseTimeout("00:00:02")]
    Task<string> NameAsync();

    Task BlockAsync(CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task ReleaseAsync();

    [AlwaysInterleave]
    Task<int> GetBlockedAsync();

    [ReadOnly]
    Task BlockReadingAsync();

    [ResponseTimeout("00:00:00.300")]
    Task BlockBrieflyAsync();

    [OneWay]
    Task ForgetAsync(bool fail);

    Task<int> GetForgottenAsync();

    Task<string?> GetContextAsync(string key);

    Task StartTimerAsync(bool interleave);

    Task StopTimerAsync();

    [AlwaysInterleave]
    Task<int> GetTicksAsync();

    Task SubscribeAsync(ILabObserver observer);

    Task NotifyAsync(string text);

    Task<string> AskAsync(string text);

    IAsyncEnumerable<int> CountAsync(int count, int failAt, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<int> GetEnumerationsEndedAsync();

    Task<bool> IsOnItsOwnTurnAsync();
}
