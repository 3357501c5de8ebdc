using Granary.Silo.Wire;
using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Lets a rank wait until all ranks of its gang have told where they listen.</summary>
/// <param name="trial">The gang's trial.</param>
/// <param name="time">The clock.</param>
internal sealed class GangMeeting(ITrialGrain trial, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>All ranks, each with an endpoint; or a later ring than the one that is joined, without.</summary>
    /// <param name="arrival">Who joins, and where it listens.</param>
    /// <param name="limit">How long it waits for the others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">DEADLINE_EXCEEDED: names the ranks that did not come.</exception>
    /// <exception cref="StaleAttemptException">The attempt is not the current one.</exception>
    public async Task<GangMembers> JoinAsync(RankArrival arrival, TimeSpan limit, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            GangMembers members = await trial.JoinAsync(arrival, cancellationToken);
            if (members.Complete || members.Ring > arrival.Ring) return members;
            if (time.GetElapsedTime(began) + pause >= limit) throw RpcFaults.Late(Missing(arrival.Rank, members, limit));
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static string Missing(RankId rank, GangMembers members, TimeSpan limit)
    {
        IEnumerable<int> absent = members.Endpoints.Index().Where(member => member.Item is null).Select(member => member.Index);
        string missing = string.Join(", ", absent);
        return FormattableString.Invariant(
            $"{rank.Attempt}: of {members.Endpoints.Count} ranks, {missing} did not join in {limit.TotalSeconds:0.#} s. See their log.");
    }
}
