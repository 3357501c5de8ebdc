using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Granary.Contracts.Tests.Orleans;

public sealed class StateGrain([PersistentState("number", StateGrain.Storage)] IPersistentState<NumberState> state) : Grain, IStateGrain
{
    public const string Storage = "contracts";

    public async Task<StateView> SetAsync(int value)
    {
        state.State = new NumberState { Value = value };
        await state.WriteStateAsync(CancellationToken.None);
        return View();
    }

    public Task<StateView> GetAsync() => Task.FromResult(View());

    public Task WriteBehindAsync(int value)
    {
        var storage = ServiceProvider.GetRequiredKeyedService<IGrainStorage>(Storage);
        var record = new GrainState<NumberState>(new NumberState { Value = value }, state.Etag);
        return storage.WriteStateAsync("number", this.GetGrainId(), record);
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private StateView View() => new(state.State.Value, state.RecordExists, state.Etag, GrainContext.ActivationId.ToString());
}
