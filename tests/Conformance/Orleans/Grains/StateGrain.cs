using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Granary.Conformance.Orleans.Tests;

public sealed class StateGrain(
    [PersistentState("counter", "memory")] IPersistentState<Counter> counter,
    [PersistentState("other")] IPersistentState<Counter> other) : Grain, IStateGrain
{
    public Task<string> GetActivationAsync() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<(int Value, bool Exists, string? Etag)> GetAsync() => Task.FromResult((counter.State.Value, counter.RecordExists, counter.Etag));

    public async Task SetAsync(int value)
    {
        counter.State.Value = value;
        await counter.WriteStateAsync();
        other.State.Value = -value;
        await other.WriteStateAsync(CancellationToken.None);
    }

    public Task ClearAsync() => counter.ClearStateAsync();

    public Task ReadAsync() => counter.ReadStateAsync();

    // Another writer of the same record: what a second activation in another silo would do.
    public async Task WriteBehindAsync(int value)
    {
        var storage = ServiceProvider.GetRequiredKeyedService<IGrainStorage>("memory");
        var record = new GrainState<Counter>(new() { Value = value }, counter.Etag);
        await storage.WriteStateAsync("counter", this.GetGrainId(), record);
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
