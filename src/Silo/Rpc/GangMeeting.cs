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

    /// <summary>All ranks: each has an endpoint.</summary>
    /// <param name="rank">Who joins.</param>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="limit">How long it waits for the others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">DEADLINE_EXCEEDED: names the ranks that did not come.</exception>
    /// <exception cref="StaleAttemptException">The attempt is not the current one.</exception>
    public async Task<GangMembers> JoinAsync(RankId rank, string endpoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            GangMembers members = await trial.JoinAsync(rank, endpoint, cancellationToken);
            if (members.Complete) return members;
            if (time.GetElapsedTime(began) + pause >= limit) throw RpcFaults.Late(Missing(rank, members, limit));
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
