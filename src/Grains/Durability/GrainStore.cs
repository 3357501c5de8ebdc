using System.Diagnostics.CodeAnalysis;

namespace Granary.Grains.Durability;

/// <summary>
/// A grain's state, an immutable record, changed by one step at a time although effects interleave with calls. A failed write ends
/// the activation: whether it reached the storage is unknown, and the next activation reads the answer.
/// </summary>
/// <param name="storage">Where the state is kept.</param>
/// <param name="deactivate">Ends the activation.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle is never asked for owns nothing to dispose.")]
internal sealed class GrainStore<TState>(IPersistentState<TState> storage, Action deactivate) where TState : class
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TState? _current;

    /// <summary>The state as last stored, or as last updated in memory.</summary>
    public TState Current => _current ?? throw new InvalidOperationException($"{typeof(TState).Name} is used before it is loaded.");

    /// <summary>Takes over what was read at activation.</summary>
    public void Load() => _current = storage.State;

    /// <summary>Takes a step and stores it; a step that returns the same object stores nothing.</summary>
    public async Task<TResult> CommitAsync<TResult>(Func<TState, (TState Next, TResult Result)> step, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            (TState next, TResult result) = step(Current);
            if (!ReferenceEquals(next, _current))
                await WriteAsync(next);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes a step and stores it; a step that returns the same object stores nothing.</summary>
    public Task CommitAsync(Func<TState, TState> step, CancellationToken cancellationToken) =>
        CommitAsync(state => (step(state), 0), cancellationToken);

    /// <summary>Takes a step that may be forgotten: it is stored with the next one that is not.</summary>
    public async Task UpdateAsync(Func<TState, TState> step, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _current = step(Current);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteAsync(TState next)
    {
        storage.State = next;
        try
        {
            // Not the caller's token: a write that is given up halfway leaves the same doubt as a failed one.
            await storage.WriteStateAsync(CancellationToken.None);
            _current = next;
        }
        catch (Exception)
        {
            deactivate();
            throw;
        }
    }
}
