using System.Globalization;
using Granary.V1;

namespace Granary.Trainer.Agent;

/// <summary>One rank of one attempt.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Rank">From 0.</param>
internal readonly record struct RankKey(string Trial, int Attempt, int Rank)
{
    /// <summary>The rank that the wire names.</summary>
    /// <param name="id">Its id.</param>
    public static RankKey Of(RankId id) => new(id.Trial, id.Attempt, id.Rank);

    /// <summary>The rank as the wire names it.</summary>
    public RankId ToId() => new() { Trial = Trial, Attempt = Attempt, Rank = Rank };

    /// <summary>A relative folder of its own: no character of a trial's id can lead out of the parent.</summary>
    public string Folder()
    {
        var trial = string.Concat(Trial.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(trial, string.Create(CultureInfo.InvariantCulture, $"{Attempt}-{Rank}"));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Trial} attempt {Attempt} rank {Rank}";
}
