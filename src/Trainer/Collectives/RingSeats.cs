using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>The receiving ends of one rank, one for each stream of each rank that sends to it.</summary>
internal sealed class RingSeats
{
    private readonly RingSeat[][] _lanes;

    /// <summary>Seats for the ranks 1, 2, 4, ... places before this one.</summary>
    /// <param name="member">This rank.</param>
    /// <param name="health">Told when a sender is gone.</param>
    /// <param name="options">Sizes and deadlines.</param>
    public RingSeats(RingMember member, RingHealth health, RingOptions options)
    {
        Member = member;
        _lanes = [.. Enumerable.Range(0, RingLanes.Count(member.WorldSize)).Select(Lane)];
        All = [.. _lanes.SelectMany(lane => lane)];

        RingSeat[] Lane(int k)
        {
            var streams = RingLanes.Streams(k, options);
            return [.. Enumerable.Range(0, streams).Select(stream => new RingSeat(member, member.Before(1 << k), stream, streams, health, options))];
        }
    }

    /// <summary>This rank.</summary>
    public RingMember Member { get; }

    /// <summary>Every seat.</summary>
    public IReadOnlyList<RingSeat> All { get; }

    /// <summary>The streams of each lane, nearest rank first.</summary>
    public IReadOnlyList<IReadOnlyList<RingSeat>> Lanes => _lanes;

    /// <summary>The seat of a caller that belongs to this attempt.</summary>
    /// <param name="hello">What the caller said first; null: something else.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED: it is no rank that sends to this one.</exception>
    public RingSeat Of(RingHello? hello)
    {
        if (hello is null || !Member.Admits(hello.Id, hello.Ring, hello.Secret)) throw Denied("the caller is no rank of this attempt's ring");
        var lane = Array.Find(_lanes, lane => lane[0].From == hello.Id.Rank)
            ?? throw Denied($"rank {hello.Id.Rank} called, only {string.Join(", ", _lanes.Select(lane => lane[0].From))} send to rank {Member.Rank}");
        return Array.Find(lane, seat => seat.Stream == hello.Stream)
            ?? throw Denied($"the caller opens stream {hello.Stream}, this attempt's ranks open 0 to {lane.Length - 1}");
    }

    private static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, $"Not a sender of this ring: {why}."));
}
