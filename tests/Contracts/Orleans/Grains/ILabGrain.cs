using Orleans.Concurrency;

namespace Granary.Contracts.Tests.Orleans;

public interface ILabGrain : IGrainWithStringKey
{
    /// <summary>Takes several turns of the scheduler.</summary>
    Task AppendAsync(int number);

    /// <summary>Ends when it is released or cancelled.</summary>
    Task BlockAsync(CancellationToken cancellationToken);

    Task StartTimersAsync();

    Task TellAsync(ILabObserver observer, int times);

    Task FailAsync(string how);

    [AlwaysInterleave]
    Task ReleaseAsync();

    [AlwaysInterleave]
    Task<LabView> LookAsync();
}
