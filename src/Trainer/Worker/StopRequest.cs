namespace Granary.Trainer.Worker;

/// <summary>Whether the agent has asked this worker to leave with a checkpoint. Asking again changes nothing.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _requested = new();

    /// <summary>Cancelled once it was asked.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Asks.</summary>
    public void Request() => _requested.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _requested.Dispose();
}
