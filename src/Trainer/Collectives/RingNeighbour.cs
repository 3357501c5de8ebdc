namespace Granary.Trainer.Collectives;

/// <summary>Another rank, as messages name it.</summary>
/// <param name="Rank">From 0.</param>
/// <param name="Name">See <see cref="RingHealth.NameOf"/>.</param>
/// <param name="Endpoint">host:port of its Collective service.</param>
internal sealed record RingNeighbour(int Rank, string Name, string Endpoint)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Endpoint}";
}
