using System.Security.Cryptography;
using System.Text;
using Granary.V1;

namespace Granary.Trainer.Collectives;

/// <summary>One rank's place in the ring of one attempt, and the secret that only this attempt's ranks know.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Rank">This rank, from 0.</param>
/// <param name="WorldSize">Number of ranks.</param>
/// <param name="Secret">Shown to the peers.</param>
internal sealed record RingMember(string Trial, int Attempt, int Rank, int WorldSize, string Secret)
{
    /// <summary>Counts the rings of the attempt, from 0: its ranks form another after one of them was lost.</summary>
    public int Ring { get; init; }

    /// <summary>The rank so many places after this one.</summary>
    /// <param name="distance">1 to the number of ranks.</param>
    public int After(int distance) => (Rank + distance) % WorldSize;

    /// <summary>The rank so many places before this one.</summary>
    /// <param name="distance">1 to the number of ranks.</param>
    public int Before(int distance) => (Rank + WorldSize - distance) % WorldSize;

    /// <summary>This rank as the wire names it.</summary>
    public RankId ToId() => new() { Trial = Trial, Attempt = Attempt, Rank = Rank };

    /// <summary>Whether the sender belongs to this ring of this attempt and knows its secret.</summary>
    /// <param name="id">Who the sender says it is.</param>
    /// <param name="ring">The ring that it says it is in.</param>
    /// <param name="secret">What it shows.</param>
    public bool Admits(RankId? id, int ring, string secret) =>
        id is not null && ring == Ring && id.Trial == Trial && id.Attempt == Attempt && id.Rank >= 0 && id.Rank < WorldSize && IsSecret(secret);

    // Hashing first makes the comparison's time independent of the secret's length, too.
    private bool IsSecret(string shown) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(Secret)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
}
