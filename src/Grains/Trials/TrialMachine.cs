using System.Collections.Frozen;
using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>
/// A trial's life, <c>Queued -> Placed -> Starting -> Running -> (Paused | Checkpointing) -> Succeeded | Stopped | Failed</c>, as a
/// table from (state, event) to a move. Synchronous, without clock and I/O: whoever applies an event stores the new state first and
/// carries out the effects after that, as often as it takes.
/// <para>
/// A gang whose attempt is over is <em>draining</em>: the trial has moved on (to Queued for another attempt, to Paused, or to its
/// end), but asks for new devices only after the exit of every rank was seen, so that no device is ever used twice.
/// </para>
/// <para>
/// A gang that loses a rank above 0 keeps the others: they wait in memory while the rank gets another worker, on another device if need
/// be, and form the next ring of the same attempt. When that does not come about in time, the gang breaks.
/// </para>
/// Safe for concurrent use.
/// </summary>
public static class TrialMachine
{
    /// <summary>Journal entries kept per trial.</summary>
    public const int JournalLimit = 32;

    /// <summary>Attempts that may fail or be lost before a trial fails, whatever its retries say.</summary>
    public const int AttemptLimit = 100;

    /// <summary>Rings that an attempt forms at most after its first: what goes on breaking is not mended by new workers.</summary>
    public const int RingLimit = 10;

    /// <summary>Characters kept of a reason.</summary>
    public const int ReasonLimit = 2_000;

    private static readonly TrialState[] Finished = [TrialState.Succeeded, TrialState.Stopped, TrialState.Failed];
    private static readonly TrialState[] Preparing = [TrialState.Placed, TrialState.Starting];
    private static readonly TrialState[] All = Enum.GetValues<TrialState>();

    private static readonly FrozenDictionary<(TrialState, TrialEventKind), Move> Table = Rows(
        Row<TrialEvent.Created>(All, WishMoves.Created),
        Row<TrialEvent.Revived>(All, WishMoves.Revived),
        Row<TrialEvent.Placed>(All, GangMoves.Placed),
        Row<TrialEvent.Launched>([TrialState.Placed], GangMoves.Launched),
        Row<TrialEvent.Launched>(All.Except([TrialState.Placed]), Moves.Ignore),
        Row<TrialEvent.Joined>([.. Preparing, TrialState.Running], GangMoves.Joined),
        Row<TrialEvent.Joined>([TrialState.Queued, TrialState.Paused, TrialState.Checkpointing, .. Finished], Moves.RefuseEnded),
        Row<TrialEvent.EpochEnded>(All.Except(Finished), ReportMoves.EpochEnded),
        Row<TrialEvent.EpochEnded>(Finished, ReportMoves.EpochAfterEnd),
        Row<TrialEvent.CheckpointStored>(All.Except(Finished), ReportMoves.CheckpointStored),
        Row<TrialEvent.CheckpointStored>(Finished, Moves.RefuseEnded),
        Row<TrialEvent.RankExited>(All, GangMoves.RankExited),
        Row<TrialEvent.DrainExpired>(All, GangMoves.DrainExpired),
        Row<TrialEvent.Replaced>(All, RegroupMoves.Replaced),
        Row<TrialEvent.RegroupExpired>(All, RegroupMoves.Expired),
        Row<TrialEvent.PauseAsked>([TrialState.Queued], WishMoves.PauseQueued),
        Row<TrialEvent.PauseAsked>(Preparing, WishMoves.PauseBeforeStart),
        Row<TrialEvent.PauseAsked>([TrialState.Running], WishMoves.PauseRunning),
        Row<TrialEvent.PauseAsked>([TrialState.Paused, TrialState.Checkpointing, .. Finished], Moves.Ignore),
        Row<TrialEvent.ResumeAsked>([TrialState.Paused, TrialState.Checkpointing], WishMoves.Resume),
        Row<TrialEvent.ResumeAsked>(All.Except([TrialState.Paused, TrialState.Checkpointing]), Moves.Ignore),
        Row<TrialEvent.StopAsked>(All.Except(Finished), WishMoves.Stop),
        Row<TrialEvent.StopAsked>(Finished, Moves.Ignore));

    /// <summary>A new trial: it is queued and asks for its first gang.</summary>
    /// <param name="definition">What it is made from.</param>
    /// <param name="plan">What its life depends on.</param>
    /// <param name="at">When.</param>
    public static TrialStep Create(TrialDefinition definition, TrialPlan plan, DateTimeOffset at)
    {
        var state = new TrialMachineState
        {
            Definition = definition,
            Plan = plan,
            State = TrialState.Queued,
            Version = 1,
            Requested = 1,
            Journal = new[] { new JournalEntry(at, nameof(TrialEventKind.Created), TrialState.Queued, TrialState.Queued, "") },
        };
        return new TrialStep(state, [TrialEffect.RequestGang(1), TrialEffect.TellSweep]);
    }

    /// <summary>Applies an event.</summary>
    /// <param name="state">The trial before it.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="InvalidTransitionException">The event cannot happen in that state: somebody broke the protocol.</exception>
    public static TrialStep Apply(TrialMachineState state, TrialEvent happened) => Table[(state.State, happened.Kind)](state, happened);

    /// <summary>true: the table decides this pair.</summary>
    /// <param name="state">A state.</param>
    /// <param name="kind">A kind of event.</param>
    public static bool Decides(TrialState state, TrialEventKind kind) => Table.ContainsKey((state, kind));

    // An event's type is called as its kind.
    private static (TrialEventKind Kind, IEnumerable<TrialState> From, Move Move) Row<T>(
        IEnumerable<TrialState> from, Func<TrialMachineState, T, TrialStep> move) where T : TrialEvent =>
        (Enum.Parse<TrialEventKind>(typeof(T).Name), from, (state, happened) => move(state, (T)happened));

    // A pair that is decided twice is a mistake in the table: ToFrozenDictionary would keep the last one, Add throws.
    private static FrozenDictionary<(TrialState, TrialEventKind), Move> Rows(
        params (TrialEventKind Kind, IEnumerable<TrialState> From, Move Move)[] rows)
    {
        var table = new Dictionary<(TrialState, TrialEventKind), Move>();
        foreach ((TrialEventKind kind, IEnumerable<TrialState> from, Move move) in rows)
        {
            foreach (TrialState state in from)
                table.Add((state, kind), move);
        }

        return table.ToFrozenDictionary();
    }

    private delegate TrialStep Move(TrialMachineState state, TrialEvent happened);
}
