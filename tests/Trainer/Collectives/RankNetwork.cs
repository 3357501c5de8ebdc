using System.Collections.Concurrent;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>A piece of network of its own between each two ranks.</summary>
internal sealed class RankNetwork : IDisposable
{
    private readonly ConcurrentDictionary<(int From, int To, string Endpoint), Lazy<Relay>> _relays = [];

    /// <summary>Where a rank reaches each rank.</summary>
    /// <param name="from">The rank.</param>
    /// <param name="endpoints">Where the ranks listen, in order of rank.</param>
    public IEnumerable<string> Seen(int from, IEnumerable<string> endpoints) => endpoints.Select((endpoint, to) =>
        to == from ? endpoint : _relays.GetOrAdd((from, to, endpoint), _ => new Lazy<Relay>(() => new Relay(endpoint))).Value.Endpoint);

    /// <summary>Puts a rank out of the others' reach, where they listen now.</summary>
    public void Cut(int rank)
    {
        foreach (var ((from, to, _), relay) in _relays) if (from == rank || to == rank) relay.Value.Cut();
    }

    public void Dispose()
    {
        foreach (var relay in _relays.Values) relay.Value.Dispose();
    }
}
