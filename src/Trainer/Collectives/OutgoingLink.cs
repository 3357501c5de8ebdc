using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// The stream to another rank, whatever lane the chunks take: it ends when that rank does, and that rank's heartbeats come back on it. A rank
/// whose process is frozen, or whose host is out of reach, sends none.
/// </summary>
internal sealed class OutgoingLink : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<RingFrame, RingMessage> _call;
    private readonly RingHealth _health;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private readonly Task _listen;
    private long _heard = Environment.TickCount64;

    /// <summary>Takes over a stream whose hello was acknowledged.</summary>
    /// <param name="call">The stream.</param>
    /// <param name="to">Whom it leads to.</param>
    /// <param name="health">Told when that rank is gone or silent.</param>
    /// <param name="silence">How long it may be silent.</param>
    public OutgoingLink(AsyncDuplexStreamingCall<RingFrame, RingMessage> call, RingNeighbour to, RingHealth health, TimeSpan silence)
    {
        (_call, To, _health, _silence, Stopped) = (call, to, health, silence, _stop.Token);
        _listen = ListenAsync();
        _watch = WatchAsync();
    }

    /// <summary>Whom it leads to.</summary>
    public RingNeighbour To { get; }

    /// <summary>Where chunks are written when they take this stream.</summary>
    public IClientStreamWriter<RingFrame> Chunks => _call.RequestStream;

    /// <summary>Ends when the other rank has ended the stream.</summary>
    public Task Ended => _listen;

    /// <summary>Cancelled when this rank leaves. Whoever writes may still ask when the link is gone.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Ends the stream at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _health.Told;
        await _stop.CancelAsync();
        _call.Dispose();
        await Task.WhenAll(_listen, _watch);
        _stop.Dispose();
    }

    /// <summary>What went wrong with a call, in words.</summary>
    /// <param name="e">What was thrown.</param>
    public static string Describe(Exception e) => e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;

    // It ends the stream when it leaves in order, and breaks it otherwise.
    private async Task ListenAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(_stop.Token)) Volatile.Write(ref _heard, Environment.TickCount64);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
        {
            // Its ring is broken, and this is why.
            _health.FailFromPeer(e.Status.Detail);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested) _health.Fail($"{To} is gone: its stream ended ({Describe(e)}).");
        }
    }

    private async Task WatchAsync()
    {
        var turn = _silence / 10;
        using var turns = new PeriodicTimer(turn);
        var last = Environment.TickCount64;
        try
        {
            while (!_listen.IsCompleted && await turns.WaitForNextTickAsync(_stop.Token))
            {
                var now = Environment.TickCount64;
                // Who did not run itself cannot tell who was silent: by how much this turn is late does not count, so that a crowded machine
                // loses no rank that lives.
                var late = now - last - (long)turn.TotalMilliseconds;
                if (late > 0) Interlocked.Add(ref _heard, late);
                last = now;
                if (now - Volatile.Read(ref _heard) > _silence.TotalMilliseconds && !_listen.IsCompleted)
                {
                    _health.Fail($"{To} is frozen or unreachable: nothing was heard of it for {_silence.TotalSeconds} s.");
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // This rank leaves.
        }
    }
}
