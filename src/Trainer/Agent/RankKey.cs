using System.Globalization;
using Granary.V1;

namespace Granary.Trainer.Agent;

/// <summary>One worker of one rank of one attempt.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Rank">From 0.</param>
/// <param name="Start">Counts the rank's workers within the attempt, from 0: another takes a lost one's place.</param>
internal readonly record struct RankKey(string Trial, int Attempt, int Rank, int Start)
{
    /// <summary>The rank that the wire names.</summary>
    /// <param name="id">Its id.</param>
    public static RankKey Of(RankId id) => new(id.Trial, id.Attempt, id.Rank, id.Start);

    /// <summary>The rank as the wire names it.</summary>
    public RankId ToId() => new() { Trial = Trial, Attempt = Attempt, Rank = Rank, Start = Start };

    /// <summary>A relative folder of its own: no character of a trial's id can lead out of the parent.</summary>
    public string Folder()
    {
        var trial = string.Concat(Trial.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(trial, string.Create(CultureInfo.InvariantCulture, $"{Attempt}-{Rank}{(Start > 0 ? $"-{Start}" : "")}"));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Trial} attempt {Attempt} rank {Rank}{(Start > 0 ? $" start {Start}" : "")}";
}
