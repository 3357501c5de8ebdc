namespace Granary.Grains.Trials;

/// <summary>What all moves are made of.</summary>
internal static class Moves
{
    public static TrialStep Ignore(TrialMachineState state, TrialEvent happened) => new(state, []);

    /// <summary>Nothing changes, but effects are repeated.</summary>
    public static TrialStep Stay(TrialMachineState state, params TrialEffect[] effects) => new(state, effects);

    public static TrialStep Refuse(TrialMachineState state, int attempt) => new(state, [])
    {
        Refusal = attempt == state.Attempt
            ? $"Attempt {attempt} of trial {state.Definition.Id} has ended ({state.State}{Because(state)}); its workers must end."
            : $"Attempt {attempt} of trial {state.Definition.Id} is not the current one, which is {state.Attempt}; its workers must end.",
    };

    public static TrialStep RefuseEnded(TrialMachineState state, TrialEvent happened) => Refuse(state, happened switch
    {
        TrialEvent.Joined joined => joined.Arrival.Rank.Attempt.Attempt,
        TrialEvent.CheckpointStored stored => stored.Attempt,
        _ => state.Attempt,
    });

    /// <summary>The trial changes: its version grows, its journal gets a line when its state changed, and the sweep hears of it.</summary>
    public static TrialStep Change(TrialMachineState before, TrialMachineState after, TrialEvent happened, IEnumerable<TrialEffect> effects, string why = "")
    {
        bool ended = after.IsFinished && !before.IsFinished;
        TrialMachineState stamped = after with
        {
            Version = before.Version + 1,
            Finished = ended ? happened.At : after.Finished,
            Journal = after.State == before.State && why.Length == 0 ? before.Journal : Append(before, after, happened, why),
        };
        return new TrialStep(stamped, effects.Append(TrialEffect.TellSweep).ToArray());
    }

    public static TrialStep Change(TrialMachineState before, TrialMachineState after, TrialEvent happened, params TrialEffect[] effects) =>
        Change(before, after, happened, effects.AsEnumerable());

    /// <summary>One effect per rank that has not ended.</summary>
    public static IEnumerable<TrialEffect> ForEachLeft(TrialMachineState state, Func<int, int, int, TrialEffect> effect) =>
        state.Gang.Index().Where(rank => !rank.Item.Exited).Select(rank => effect(state.Attempt, rank.Index, rank.Item.Start));

    public static string Clip(string text) => text.Length <= TrialMachine.ReasonLimit ? text : text[^TrialMachine.ReasonLimit..];

    private static string Because(TrialMachineState state) => state.Reason.Length > 0 ? ": " + state.Reason : "";

    private static JournalEntry[] Append(TrialMachineState before, TrialMachineState after, TrialEvent happened, string why) =>
        before.Journal
            .Append(new JournalEntry(happened.At, happened.Kind.ToString(), before.State, after.State, why))
            .TakeLast(TrialMachine.JournalLimit)
            .ToArray();
}
