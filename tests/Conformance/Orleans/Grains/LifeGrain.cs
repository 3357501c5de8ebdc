namespace Granary.Conformance.Orleans.Tests;

public sealed class LifeGrain(LifeJournal journal) : Grain, ILifeGrain, IDisposable
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("broken", StringComparison.Ordinal))
            throw new InvalidOperationException("cannot wake");
        journal.Entries.Enqueue($"{this.GetPrimaryKeyString()} up");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Entries.Enqueue($"{this.GetPrimaryKeyString()} down {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task TouchAsync() => Task.CompletedTask;

    public async Task HoldAsync()
    {
        journal.Entries.Enqueue($"{this.GetPrimaryKeyString()} holding");
        await journal.Hold.Task;
        journal.Entries.Enqueue($"{this.GetPrimaryKeyString()} released");
    }

    public void Dispose() => journal.Entries.Enqueue($"{this.GetPrimaryKeyString()} disposed");
}
