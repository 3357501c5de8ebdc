using System.Collections.Concurrent;

namespace Granary.Contracts.Tests.Orleans;

internal sealed class LabObserver : ILabObserver
{
    public ConcurrentQueue<int> Told { get; } = new();

    public async Task ToldAsync(int number)
    {
        await Task.Yield();
        Told.Enqueue(number);
    }
}
