using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>What the other ranks call: a sender's stream, and anybody's abort.</summary>
internal sealed class CollectiveService(RingSeats seats, RingHealth health, RingOptions options) : CollectiveBase
{
    private const int MaxReason = 4096;

    /// <inheritdoc/>
    public override async Task Exchange(
        IAsyncStreamReader<RingFrame> requestStream, IServerStreamWriter<RingMessage> responseStream, ServerCallContext context)
    {
        var hello = await HelloAsync(requestStream, context.CancellationToken);
        var seat = seats.Of(hello);
        var answer = seat.Admit(hello!);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, seat.Closing, health.Broken);
        var beats = Task.CompletedTask;
        try
        {
            await responseStream.WriteAsync(new RingMessage { Hello = answer });
            beats = BeatAsync(responseStream, ends.Token);
            // Cancelling a read resets the whole call, and the sender would not see its status: a wait that ends leaves the read behind.
            while (await requestStream.MoveNext(CancellationToken.None).WaitAsync(ends.Token))
            {
                await seat.KeepAsync(requestStream.Current, ends.Token);
            }

            await seat.EndAsync(ends.Token);
        }
        catch (Exception e) when (e is not RpcException { StatusCode: StatusCode.InvalidArgument })
        {
            // An orderly leave and a broken ring end the wait themselves; anything else is the sender's loss.
            if (seat.Closing.IsCancellationRequested) return;
            if (health.Reason is null) seat.Lost(e.Message);
            throw new RpcException(new Status(StatusCode.Aborted, health.Reason ?? e.Message));
        }
        finally
        {
            // Nothing may be written once the call has ended.
            await ends.CancelAsync();
            await beats;
        }
    }

    /// <inheritdoc/>
    public override Task<AbortReply> Abort(AbortRequest request, ServerCallContext context)
    {
        if (!seats.Member.Admits(request.Id, request.Ring, request.Secret))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "Only a rank of this attempt's ring may abort its collectives."));
        }

        var reason = request.Reason.Length <= MaxReason ? request.Reason : request.Reason[..MaxReason];
        health.FailFromPeer(reason.Length > 0 ? reason : $"{health.NameOf(request.Id.Rank)} gave up without a reason.");
        return Task.FromResult(new AbortReply());
    }

    private async Task BeatAsync(IServerStreamWriter<RingMessage> answers, CancellationToken cancellationToken)
    {
        var beat = new RingMessage { Beat = new RingBeat() };
        using var turns = new PeriodicTimer(options.Silence / 10);
        try
        {
            while (await turns.WaitForNextTickAsync(cancellationToken)) await answers.WriteAsync(beat, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException or IOException)
        {
            // The call has ended; whoever reads the requests says why.
        }
    }

    private async Task<RingHello?> HelloAsync(IAsyncStreamReader<RingFrame> requests, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.HandshakeDeadline);
        return await requests.MoveNext(deadline.Token) ? requests.Current.Words?.Hello : null;
    }
}
