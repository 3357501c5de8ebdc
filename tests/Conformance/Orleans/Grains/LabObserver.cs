using System.Collections.Concurrent;

namespace Granary.Conformance.Orleans.Tests;

public sealed class LabObserver : ILabObserver
{
    public ConcurrentQueue<string> Told { get; } = new();

    public Task ToldAsync(string text)
    {
        Told.Enqueue(text);
        return Task.CompletedTask;
    }

    public Task<string> AskedAsync(string text) => text == "fail" ? throw new InvalidOperationException("will not say") : Task.FromResult($"{text}!");
}
