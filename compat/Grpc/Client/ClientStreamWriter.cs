using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The request stream of a call: hands requests to the body of the HTTP request once the transport has opened it.</summary>
internal sealed class ClientStreamWriter<TRequest>(ClientCall call, RequestEncoder<TRequest> encoder) : IClientStreamWriter<TRequest>
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Stream> _body = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Continuations run inside CompleteAsync, so that the end of the stream is sent before a caller can go on to dispose the call.
    private readonly TaskCompletionSource _ended = new();
    private readonly MessageBuffer _buffer = encoder.CreateBuffer();
    private Task _write = Task.CompletedTask;
    private bool _complete;

    public WriteOptions? WriteOptions { get; set; } = call.Options.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(call.IsDisposed, call);
        lock (_gate)
        {
            if (_complete)
            {
                return Refuse("Request stream has already been completed.");
            }

            if (call.IsFinished)
            {
                return Task.FromException(call.FinalException());
            }

            if (!_write.IsCompleted)
            {
                return Refuse("Can't write the message because the previous write is in progress.");
            }

            return _write = WriteCoreAsync(message, cancellationToken);
        }
    }

    public Task CompleteAsync()
    {
        ObjectDisposedException.ThrowIf(call.IsDisposed, call);
        lock (_gate)
        {
            if (!_write.IsCompleted)
            {
                return Refuse("Can't complete the client stream writer because the previous write is in progress.");
            }

            _complete = true;
        }

        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Opens the stream on a request body and waits for its end.</summary>
    /// <exception cref="IOException">The transport opens a second body, but the first took requests that are gone.</exception>
    public async Task RunAsync(Stream body)
    {
        if (!_body.TrySetResult(body))
        {
            throw new IOException("The connection failed after the request stream was opened on it, so the call cannot be sent again.");
        }

        await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>Ends the stream because the call has ended.</summary>
    public void Abandon()
    {
        _body.TrySetCanceled();
        _ended.TrySetCanceled();
        lock (_gate)
        {
            if (_write.IsCompleted)
            {
                _buffer.Dispose();
            }
        }
    }

    private static Task Refuse(string reason) => Task.FromException(new InvalidOperationException(reason));

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = call.CancelWith(cancellationToken);
        try
        {
            Stream body = await _body.Task.ConfigureAwait(false);
            await encoder.WriteAsync(message, _buffer, body, WriteOptions, call.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            throw WriteFailure(e);
        }
        finally
        {
            if (call.IsFinished)
            {
                _buffer.Dispose();
            }
        }
    }

    /// <summary>
    /// A request body that the server no longer reads means that the call is over; its status says more than the failed write.
    /// </summary>
    private Exception WriteFailure(Exception cause) => call.IsFinished
        ? call.FinalException(cause)
        : new RpcException(new Status(
            StatusCode.Cancelled,
            "The server ended the call without reading all requests. Read the response for its status.",
            cause));
}
