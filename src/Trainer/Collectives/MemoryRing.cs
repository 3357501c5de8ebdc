namespace Granary.Trainer.Collectives;

/// <summary>All ranks of a ring in one process, joined by memory lanes.</summary>
internal sealed class MemoryRing : IDisposable
{
    private readonly RingHealth _health = new();
    private readonly MemoryLane[] _lanes;

    /// <summary>Builds a ring.</summary>
    /// <param name="worldSize">Ranks, at least 2.</param>
    /// <param name="options">Sizes and deadlines.</param>
    public MemoryRing(int worldSize, RingOptions options)
    {
        _lanes = [.. Enumerable.Range(0, worldSize).Select(rank => new MemoryLane(rank, (rank + 1) % worldSize, options.Window, _health))];
        var members = Enumerable.Range(0, worldSize).Select(rank => new RingMember("memory/0001", 1, rank, worldSize, "memory"));
        Ranks = [.. members.Select(member => Join(member, options))];
    }

    /// <summary>One collective per rank; each is used by a thread of its own.</summary>
    public IReadOnlyList<ICollective> Ranks { get; }

    /// <summary>Loses the lane from a rank to its right neighbour.</summary>
    /// <param name="rank">The sending rank.</param>
    public void Cut(int rank) => _lanes[rank].Cut();

    /// <inheritdoc/>
    public void Dispose() => _health.Dispose();

    private RingCollective Join(RingMember member, RingOptions options) =>
        new(member, new RingLanes(_lanes[member.Left], "this process", _lanes[member.Rank]), _health, options);
}
