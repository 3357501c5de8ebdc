namespace Granary.Grains.Trials;

/// <summary>What must be told to others after a transition is stored. Each is safe to repeat.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Attempt">The attempt that it is about; 0 where it is about the trial.</param>
/// <param name="Rank">The rank that it is about; -1 where it is about the gang or the trial.</param>
/// <param name="Start">Which of the rank's workers it is about, from 0.</param>
[GenerateSerializer, Immutable, Alias("granary.TrialEffect")]
public sealed record TrialEffect(
    [property: Id(0)] TrialEffectKind Kind,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Rank,
    [property: Id(3)] int Start = 0)
{
    /// <summary>The sweep hears how the trial stands now.</summary>
    public static TrialEffect TellSweep { get; } = new(TrialEffectKind.TellSweep, 0, -1);

    /// <summary>Asks the pool for devices.</summary>
    /// <param name="attempt">The attempt that will hold them.</param>
    public static TrialEffect RequestGang(int attempt) => new(TrialEffectKind.RequestGang, attempt, -1);

    /// <summary>Withdraws a request, or gives all its devices back.</summary>
    /// <param name="attempt">The attempt that asked.</param>
    public static TrialEffect ReleaseGang(int attempt) => new(TrialEffectKind.ReleaseGang, attempt, -1);

    /// <summary>Gives one rank's device back.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers.</param>
    public static TrialEffect ReleaseRank(int attempt, int rank, int start = 0) => new(TrialEffectKind.ReleaseRank, attempt, rank, start);

    /// <summary>Asks the pool for the device of the worker that takes a lost one's place.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers, above 0.</param>
    public static TrialEffect ReplaceRank(int attempt, int rank, int start) => new(TrialEffectKind.ReplaceRank, attempt, rank, start);

    /// <summary>Starts a rank's worker.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers.</param>
    public static TrialEffect StartRank(int attempt, int rank, int start = 0) => new(TrialEffectKind.StartRank, attempt, rank, start);

    /// <summary>Asks a rank's node whether the worker is known, so that its end or its loss is heard of.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers.</param>
    public static TrialEffect WatchRank(int attempt, int rank, int start = 0) => new(TrialEffectKind.WatchRank, attempt, rank, start);

    /// <summary>Lets a rank's worker write a checkpoint and leave.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers.</param>
    public static TrialEffect CheckpointRank(int attempt, int rank, int start = 0) =>
        new(TrialEffectKind.CheckpointRank, attempt, rank, start);

    /// <summary>Ends a rank's worker now.</summary>
    /// <param name="attempt">The rank's attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="start">Which of its workers.</param>
    public static TrialEffect StopRank(int attempt, int rank, int start = 0) => new(TrialEffectKind.StopRank, attempt, rank, start);
}
