using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// A call's life, whatever its messages. It ends once, with the status that comes first: the server's, a failure's, the deadline's or the
/// caller's cancellation. What ends it early also resets the HTTP/2 stream, so that neither side waits for the other.
/// </summary>
internal abstract class ClientCall : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private CancellationTokenRegistration _callerCancels;
    private DeadlineTimer? _deadlineTimer;
    private TaskCompletionSource<Metadata>? _headers;
    private HttpResponseMessage? _response;
    private Metadata? _trailers;
    private Status _status;
    private bool _finished;
    private bool _disposed;

    protected ClientCall(GrpcChannel channel, IMethod method, string? host, CallOptions options)
    {
        Channel = channel;
        Method = method;
        Host = host;
        Options = options;
        if (options.Deadline is { Kind: not DateTimeKind.Utc } deadline && deadline != DateTime.MaxValue && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException(
                $"The deadline of {method.FullName} is a time of kind {deadline.Kind}. Use UTC, such as DateTime.UtcNow plus a timeout.");
        }
    }

    public GrpcChannel Channel { get; }

    public IMethod Method { get; }

    public string? Host { get; }

    public CallOptions Options { get; }

    /// <summary>Cancelled when the call ends early.</summary>
    public CancellationToken Token => _cancellation.Token;

    public bool IsFinished => Volatile.Read(ref _finished);

    /// <summary>Whether the caller disposed the call.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed);

    public Status GetStatus() => IsFinished
        ? _status
        : throw new InvalidOperationException($"The status of {Method.FullName} is not known because the call has not ended.");

    public Metadata GetTrailers() => IsFinished && _trailers is { } trailers
        ? trailers
        : throw new InvalidOperationException(
            $"The trailers of {Method.FullName} are not known because the call has not ended, or ended without a response.");

    public Task<Metadata> GetHeadersAsync()
    {
        lock (_gate)
        {
            if (_headers is null)
            {
                _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
                CompleteHeaders();
            }

            return _headers.Task;
        }
    }

    /// <summary>Ends a running call as cancelled and frees what it holds.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        Cancel(new Status(StatusCode.Cancelled, "gRPC call disposed."));
        ReleaseReader();
    }

    /// <summary>Ends a running call early.</summary>
    public void Cancel(Status status)
    {
        if (TryFinish(status, null))
        {
            Abort();
        }
    }

    /// <summary>Lets a token that is not the call's own cancel the call, as one read or one write may.</summary>
    public CancellationTokenRegistration CancelWith(CancellationToken token) =>
        token.CanBeCanceled && token != Options.CancellationToken
            ? token.UnsafeRegister(static call => ((ClientCall)call!).CancelByCaller(), this)
            : default;

    /// <summary>Ends the call with what went wrong, unless it ended before, and makes the exception for the caller.</summary>
    public Exception Fail(Exception cause, string summary)
    {
        Status status = cause switch
        {
            RpcException rpc => rpc.Status,
            OperationCanceledException => new Status(StatusCode.Cancelled, cause.Message, cause),
            _ => TransportErrors.ToStatus(cause, summary),
        };
        Cancel(status.StatusCode == StatusCode.Cancelled && DeadlinePassed() ? DeadlineStatus() : status);
        return FinalException(cause);
    }

    /// <summary>The exception of a call that has ended.</summary>
    public Exception FinalException(Exception? cause = null)
    {
        bool endedEarly = _status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded && Token.IsCancellationRequested;
        if (Channel.ThrowOperationCanceled && endedEarly)
        {
            CancellationToken token = Options.CancellationToken.IsCancellationRequested ? Options.CancellationToken : Token;
            return new OperationCanceledException(_status.ToString(), cause, token);
        }

        return new RpcException(
            _status.DebugException is null && cause is not (null or RpcException)
                ? new Status(_status.StatusCode, _status.Detail, cause)
                : _status,
            _trailers ?? Metadata.Empty);
    }

    /// <summary>Sends the request and waits for the response headers.</summary>
    /// <returns>The response; its body holds messages unless the headers carry the status already.</returns>
    /// <exception cref="RpcException">The response is an error.</exception>
    protected async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        StartClocks();
        using var request = RequestFactory.Create(this, content, Remaining());
        await RequestFactory.AddCredentialsAsync(this, request).ConfigureAwait(false);
        Token.ThrowIfCancellationRequested();
        HttpResponseMessage response = Channel.Invoker is HttpClient client
            ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token).ConfigureAwait(false)
            : await Channel.Invoker.SendAsync(request, Token).ConfigureAwait(false);
        Accept(response);
        return response;
    }

    /// <summary>Ends the call with the status of the response's trailers, once its body has been read to the end.</summary>
    /// <exception cref="RpcException">The status is not OK.</exception>
    protected void FinishFrom(HttpResponseMessage response, bool lacksMessage)
    {
        Status status = ResponseStatus.Of(response, out Metadata trailers);
        if (lacksMessage && status.StatusCode == StatusCode.OK)
        {
            status = new Status(StatusCode.Internal, "The server ended the call with status OK but sent no response message.");
        }

        TryFinish(status, trailers);
        response.Dispose();
        if (GetStatus().StatusCode != StatusCode.OK)
        {
            throw FinalException();
        }
    }

    protected bool TryFinish(Status status, Metadata? trailers)
    {
        lock (_gate)
        {
            if (_finished)
            {
                return false;
            }

            _status = status;
            _trailers = trailers ?? _trailers;
            Volatile.Write(ref _finished, true);
            CompleteHeaders();
        }

        _deadlineTimer?.Dispose();
        _callerCancels.Unregister();
        Channel.Remove(this);
        OnFinished();
        return true;
    }

    /// <summary>Ends what waits on the request side.</summary>
    protected virtual void OnFinished()
    {
    }

    /// <summary>Frees what holds received bytes.</summary>
    protected virtual void ReleaseReader()
    {
    }

    private static Status DeadlineStatus() => new(StatusCode.DeadlineExceeded, "Deadline Exceeded");

    private void StartClocks()
    {
        if (Options.CancellationToken.CanBeCanceled)
        {
            _callerCancels = Options.CancellationToken.UnsafeRegister(static call => ((ClientCall)call!).CancelByCaller(), this);
        }

        TimeSpan? remaining = Remaining();
        if (remaining <= TimeSpan.Zero)
        {
            Cancel(DeadlineStatus());
        }
        else if (remaining is not null)
        {
            _deadlineTimer = new DeadlineTimer(Channel.Time, Options.Deadline!.Value, () => Cancel(DeadlineStatus()));
        }

        // Whoever ended the call meanwhile could not see the two yet.
        if (IsFinished)
        {
            _deadlineTimer?.Dispose();
            _callerCancels.Unregister();
        }

        Token.ThrowIfCancellationRequested();
    }

    private TimeSpan? Remaining() => Options.Deadline is { } deadline && deadline != DateTime.MaxValue
        ? deadline - Channel.Time.GetUtcNow().UtcDateTime
        : null;

    private bool DeadlinePassed() => Remaining() <= TimeSpan.Zero;

    private void CancelByCaller() => Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client."));

    private void Accept(HttpResponseMessage response)
    {
        lock (_gate)
        {
            _response = response;
            CompleteHeaders();
        }

        if (IsFinished)
        {
            response.Dispose();
            Token.ThrowIfCancellationRequested();
        }

        if (ResponseStatus.OfHeaders(response) is { } early)
        {
            _trailers = MetadataCodec.Read(response.Headers);
            if (early.StatusCode != StatusCode.OK)
            {
                TryFinish(early, _trailers);
                Abort();
                throw FinalException();
            }
        }
    }

    private void CompleteHeaders()
    {
        if (_headers is null || _headers.Task.IsCompleted)
        {
            return;
        }

        if (_response is not null)
        {
            try
            {
                _headers.SetResult(MetadataCodec.Read(_response.Headers));
            }
            catch (RpcException e)
            {
                _headers.SetException(e);
            }
        }
        else if (_finished)
        {
            _headers.SetException(FinalException());
        }

        // A caller that never asks for the headers again must not see an unobserved exception.
        _ = _headers.Task.Exception;
    }

    private void Abort()
    {
        _cancellation.Cancel();
        _response?.Dispose();
    }
}
