using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>The receiving ends of one rank, one for each rank that sends to it.</summary>
internal sealed class RingSeats
{
    private readonly RingSeat[] _seats;

    /// <summary>Seats for the ranks 1, 2, 4, ... places before this one.</summary>
    /// <param name="member">This rank.</param>
    /// <param name="health">Told when a sender is gone.</param>
    /// <param name="options">Sizes and deadlines.</param>
    public RingSeats(RingMember member, RingHealth health, RingOptions options)
    {
        Member = member;
        _seats = [.. Enumerable.Range(0, RingLanes.Count(member.WorldSize)).Select(k => new RingSeat(member, member.Before(1 << k), health, options))];
    }

    /// <summary>This rank.</summary>
    public RingMember Member { get; }

    /// <summary>The seats, nearest rank first.</summary>
    public IReadOnlyList<RingSeat> All => _seats;

    /// <summary>The seat of a caller that belongs to this attempt.</summary>
    /// <param name="hello">What the caller said first; null: something else.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED: it is no rank that sends to this one.</exception>
    public RingSeat Of(RingHello? hello)
    {
        if (hello is null || !Member.Admits(hello.Id, hello.Secret)) throw Denied("the caller is no rank of this attempt");
        return Array.Find(_seats, seat => seat.From == hello.Id.Rank)
            ?? throw Denied($"rank {hello.Id.Rank} called, only {string.Join(", ", _seats.Select(seat => seat.From))} send to rank {Member.Rank}");
    }

    private static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, $"Not a sender of this ring: {why}."));
}
