using System.Collections.Concurrent;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>What grains of one silo went through.</summary>
public sealed class LifeJournal
{
    public ConcurrentQueue<string> Entries { get; } = new();

    public TaskCompletionSource Hold { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
