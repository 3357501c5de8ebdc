using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The request stream of a call.</summary>
internal sealed class ServerStreamReader<TRequest>(HttpServerCallContext call, PipeMessageReader<TRequest> reader)
    : IAsyncStreamReader<TRequest>
{
    private Task<bool> _read = Task.FromResult(true);
    private bool _ended;
    private volatile bool _closed;

    public TRequest Current { get; private set; } = default!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_closed)
        {
            return Task.FromException<bool>(new InvalidOperationException("Can't read messages after the request is complete."));
        }

        if (!_read.IsCompleted)
        {
            return Task.FromException<bool>(new InvalidOperationException(
                "Can't read the next message because the previous read is still in progress."));
        }

        return _read = _ended ? Task.FromResult(false) : MoveNextCoreAsync(cancellationToken);
    }

    /// <summary>Ends the stream: the HTTP request belongs to another call soon.</summary>
    public void Close() => _closed = true;

    private async Task<bool> MoveNextCoreAsync(CancellationToken cancellationToken)
    {
        Current = default!;
        cancellationToken.ThrowIfCancellationRequested();

        // A read that is cancelled leaves the request unusable, which is what upstream's contract says: it cancels the call.
        using CancellationTokenRegistration registration = cancellationToken.CanBeCanceled && cancellationToken != call.CancellationToken
            ? cancellationToken.UnsafeRegister(static http => ((Microsoft.AspNetCore.Http.HttpContext)http!).Abort(), call.HttpContext)
            : default;
        (bool found, TRequest? message) = await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false);
        Current = message!;
        _ended = !found;
        return found;
    }
}
