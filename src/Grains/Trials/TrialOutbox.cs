using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>The rules of a trial's outbox: each effect once, and none whose time has passed.</summary>
internal static class TrialOutbox
{
    public static TrialEffect[] Add(IReadOnlyList<TrialEffect> outbox, IReadOnlyList<TrialEffect> effects) =>
        outbox.Concat(effects).Distinct().ToArray();

    public static TrialEffect[] Remove(IReadOnlyList<TrialEffect> outbox, TrialEffect effect) =>
        outbox.Where(other => other != effect).ToArray();

    /// <summary>false: the trial has moved on since, and carrying the effect out would undo that.</summary>
    public static bool IsDue(TrialMachineState trial, TrialEffect effect) => effect.Kind switch
    {
        TrialEffectKind.RequestGang => trial.IsWaiting && effect.Attempt == trial.Requested,
        TrialEffectKind.ReplaceRank => RegroupMoves.Awaits(trial, effect.Attempt, effect.Rank, effect.Start),
        TrialEffectKind.StartRank => IsLeft(trial, effect) && trial.Draining == DrainCause.None,
        TrialEffectKind.WatchRank or TrialEffectKind.CheckpointRank or TrialEffectKind.StopRank => IsLeft(trial, effect),
        _ => true,
    };

    /// <summary>true: every rank of the gang has been handed to its node.</summary>
    public static bool IsLaunched(TrialMachineState trial, IReadOnlyList<TrialEffect> outbox) =>
        trial.State == TrialState.Placed && !outbox.Any(effect => effect.Kind == TrialEffectKind.StartRank && effect.Attempt == trial.Attempt);

    private static bool IsLeft(TrialMachineState trial, TrialEffect effect) =>
        effect.Attempt == trial.Attempt && effect.Rank < trial.Gang.Count
        && trial.Gang[effect.Rank] is { Exited: false } rank && rank.Start == effect.Start;
}
