using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// The end of a call on the server. It ends once: when its handler returns or, if that comes first, when its deadline passes. From then on
/// the handler can no longer write, so handler and deadline never write to the response at the same time.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "EndAsync or Expire, one of which always runs, disposes the timer.")]
internal sealed class ServerCallLife
{
    // HTTP/2 error codes, RFC 9113 section 7.
    private const int NoError = 0x0;
    private const int Cancel = 0x8;

    private readonly Lock _gate = new();
    private readonly HttpServerCallContext _call;
    private readonly CancellationTokenSource? _cancellation;
    private readonly DeadlineTimer? _timer;
    private readonly TaskCompletionSource? _expired;
    private bool _ended;
    private bool _expiredFirst;
    private bool _writing;

    public ServerCallLife(HttpServerCallContext call)
    {
        _call = call;
        HttpContext http = call.HttpContext;
        Deadline = DateTime.MaxValue;
        Token = http.RequestAborted;
        if (GrpcTimeout.TryDecode(http.Request.Headers[GrpcHeaders.Timeout], out TimeSpan timeout))
        {
            Deadline = call.Settings.Time.GetUtcNow().UtcDateTime + timeout;
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Token = _cancellation.Token;
            _timer = new DeadlineTimer(call.Settings.Time, Deadline, Expire);
        }
    }

    public DateTime Deadline { get; }

    public CancellationToken Token { get; }

    /// <summary>Claims the response for a write; <see cref="EndWrite"/> gives it back.</summary>
    /// <exception cref="InvalidOperationException">The call has ended, or another write is running.</exception>
    public void BeginWrite()
    {
        lock (_gate)
        {
            if (_ended)
            {
                throw new InvalidOperationException("Can't write the message because the request is complete.");
            }

            if (_writing)
            {
                throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
            }

            _writing = true;
        }
    }

    public void EndWrite()
    {
        lock (_gate)
        {
            _writing = false;
        }
    }

    /// <summary>Ends the call with a status, unless the deadline ended it before.</summary>
    public Task EndAsync(Status status)
    {
        bool writing;
        lock (_gate)
        {
            if (_expiredFirst)
            {
                return _expired!.Task;
            }

            _ended = true;
            writing = _writing;
        }

        _timer?.Dispose();
        _cancellation?.Dispose();
        if (writing)
        {
            // The handler left a write behind, which still owns the response.
            Reset(Cancel);
        }
        else
        {
            ResponseEnd.Write(_call, status);
        }

        return Task.CompletedTask;
    }

    private void Expire()
    {
        bool writing;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = _expiredFirst = true;
            writing = _writing;
        }

        _timer?.Dispose();
        ServerLog.DeadlinePassed(_call.Settings.Logger, _call.Method);
        _ = _cancellation!.CancelAsync();
        _ = AnswerAsync(writing);
    }

    private async Task AnswerAsync(bool writing)
    {
        try
        {
            if (!writing)
            {
                ResponseEnd.Write(_call, new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));
                await _call.HttpContext.Response.CompleteAsync().ConfigureAwait(false);
            }

            // The caller may still be sending; and a write that is stuck on flow control must not outlive the deadline.
            Reset(writing ? Cancel : NoError);
        }
        catch (Exception e)
        {
            // The response of a dead connection; nobody waits for it.
            ServerLog.DeadlineAnswerFailed(_call.Settings.Logger, e, _call.Method);
        }
        finally
        {
            _expired!.SetResult();
        }
    }

    private void Reset(int error)
    {
        if (_call.HttpContext.Features.Get<IHttpResetFeature>() is { } feature)
        {
            feature.Reset(error);
        }
        else
        {
            _call.HttpContext.Abort();
        }
    }
}
