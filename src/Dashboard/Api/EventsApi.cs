using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Granary.Dashboard.Live;
using Granary.Dashboard.Views;
using Granary.Sweeps;

namespace Granary.Dashboard.Api;

/// <summary><c>/api/sweeps/{id}/events</c>: one sweep as server-sent events; a snapshot first, then every change.</summary>
internal static class EventsApi
{
    // A proxy closes a silent connection after a minute or so.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/api/sweeps/{id}/events", OpenAsync);

    private static async Task<IResult> OpenAsync(
        string id, LiveFeed feed, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        if (feed.Find(id) is { } live)
        {
            return TypedResults.ServerSentEvents(FollowAsync(live, time, cancellationToken));
        }

        SweepSnapshot? sweep = await grains.FindSweepAsync(id, cancellationToken);
        return sweep is null
            ? SweepsApi.NoSweep(id)
            : TypedResults.ServerSentEvents(OnceAsync(sweep, time, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(
        LiveSweep live, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChannelReader<LiveMessage> reader = live.Follow();
        try
        {
            while (true)
            {
                Task<bool> next = reader.WaitToReadAsync(cancellationToken).AsTask();
                while (await Task.WhenAny(next, Task.Delay(PingInterval, time, cancellationToken)) != next)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new SseItem<string>("{}", "ping");
                }

                if (!await next)
                {
                    yield break;
                }

                while (reader.TryRead(out LiveMessage? message))
                {
                    yield return new SseItem<string>(message.Json, message.Event);
                }
            }
        }
        finally
        {
            live.Leave(reader);
        }
    }

    // A sweep that is not followed: it has ended, or the feed has not seen it yet and the browser comes back in a moment.
    private static async IAsyncEnumerable<SseItem<string>> OnceAsync(
        SweepSnapshot sweep, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SseItem<string>(JsonSerializer.Serialize(sweep.ToView(), ViewJson.Default.SweepDetailView), "snapshot");
        if (sweep.Summary.State is SweepState.Succeeded or SweepState.Stopped or SweepState.Failed)
        {
            yield return new SseItem<string>("{}", "end");
            yield break;
        }

        await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
    }
}
