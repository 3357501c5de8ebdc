namespace Granary.Trainer.Collectives;

/// <summary>All ranks of a ring in one process, joined by memory lanes.</summary>
internal sealed class MemoryRing : IDisposable
{
    private readonly RingHealth _health = new();
    private readonly Dictionary<(int From, int To), MemoryLane> _lanes = [];
    private readonly List<RingCollective> _ranks = [];

    /// <summary>Builds a ring.</summary>
    /// <param name="worldSize">Ranks, at least 2.</param>
    /// <param name="options">Sizes and deadlines.</param>
    public MemoryRing(int worldSize, RingOptions options)
    {
        var distances = Enumerable.Range(0, RingLanes.Count(worldSize)).Select(k => 1 << k).ToArray();
        for (var rank = 0; rank < worldSize; rank++)
        {
            foreach (var distance in distances)
            {
                var to = (rank + distance) % worldSize;
                _lanes[(rank, to)] = new MemoryLane(rank, to, options.Slots, _health);
            }
        }

        for (var rank = 0; rank < worldSize; rank++)
        {
            var member = new RingMember("memory/0001", 1, rank, worldSize, "memory");
            var lanes = new RingLanes(
                [.. distances.Select(distance => _lanes[(member.Rank, member.After(distance))])],
                [.. distances.Select(distance => _lanes[(member.Before(distance), member.Rank)])]);
            _ranks.Add(new RingCollective(member, lanes, _health, options));
        }
    }

    /// <summary>One collective per rank; each is used by a thread of its own.</summary>
    public IReadOnlyList<ICollective> Ranks => _ranks;

    /// <summary>The lane between two ranks: it can be disturbed.</summary>
    /// <param name="from">The sending rank.</param>
    /// <param name="to">The receiving rank, 1, 2, 4, ... places behind it.</param>
    public MemoryLane Lane(int from, int to) => _lanes[(from, to)];

    /// <summary>Loses the lane from a rank to its right neighbour.</summary>
    /// <param name="rank">The sending rank.</param>
    public void Cut(int rank) => _lanes[(rank, (rank + 1) % _ranks.Count)].Cut();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var rank in _ranks) rank.Close();
        _health.Dispose();
    }
}
