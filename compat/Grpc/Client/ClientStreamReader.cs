using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The response stream of a call.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _gate = new();
    private Task<bool> _read = Task.FromResult(true);

    public TResponse Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(call.IsDisposed, call);
        lock (_gate)
        {
            if (!_read.IsCompleted)
            {
                return Task.FromException<bool>(new InvalidOperationException(
                    "Can't read the next message because the previous read is still in progress."));
            }

            return _read = MoveNextCoreAsync(cancellationToken);
        }
    }

    private async Task<bool> MoveNextCoreAsync(CancellationToken cancellationToken)
    {
        Current = null!;
        using CancellationTokenRegistration registration = call.CancelWith(cancellationToken);
        (bool found, TResponse? message) = await call.NextAsync().ConfigureAwait(false);
        Current = message!;
        return found;
    }
}
