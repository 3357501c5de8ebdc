using Granary.Trainer.Collectives;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Forms the ranks' ring again after one was lost, with whoever took its place, and brings all to where rank 0 stands. What breaks meanwhile
/// is a loss like the one before.
/// </summary>
/// <param name="ring">The ring that broke, or that this rank has not joined yet.</param>
/// <param name="meet">
/// How the ranks find each other: takes what broke the ring, null before the first, and where this rank listens now; gives everybody's
/// endpoint in order of rank, or null where they are not to go on together.
/// </param>
internal sealed class Regrouping(
    ElasticRing ring, Func<CollectiveException?, string, CancellationToken, Task<IReadOnlyList<string>?>> meet)
{
    /// <summary>Joins a ring that has formed again, in the place of a lost rank.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where rank 0 stands.</returns>
    public Task<RunState> EnterAsync(CancellationToken cancellationToken) => GatherAsync(null, null, cancellationToken);

    /// <summary>Forms the ring again.</summary>
    /// <param name="lost">What broke it.</param>
    /// <param name="own">Where this rank stands.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where rank 0 stands.</returns>
    /// <exception cref="CollectiveException">The ranks are not to go on together: what broke the ring.</exception>
    public Task<RunState> RegroupAsync(CollectiveException lost, RunState own, CancellationToken cancellationToken) =>
        GatherAsync(lost, own, cancellationToken);

    private async Task<RunState> GatherAsync(CollectiveException? lost, RunState? own, CancellationToken cancellationToken)
    {
        while (true)
        {
            var endpoint = await ring.ListenAsync(cancellationToken);
            var endpoints = await meet(lost, endpoint, cancellationToken)
                ?? throw lost ?? new CollectiveException("The ranks are not to go on together.");
            try
            {
                await ring.JoinAsync(endpoints, cancellationToken);
                return await RunStateExchange.ShareAsync(ring, own, cancellationToken);
            }
            catch (CollectiveException again)
            {
                lost = again;
            }
        }
    }
}
