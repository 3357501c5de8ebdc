using Granary.Trials;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Trials;

internal sealed partial class TrialGrain
{
    [LoggerMessage(1, LogLevel.Information, "Trial {Trial}: {From} -> {To} by {Event}. {Reason}")]
    private partial void LogMoved(TrialId trial, TrialState from, TrialState to, TrialEventKind @event, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Trial {Trial} refused {Event}: {Refusal}")]
    private partial void LogRefused(TrialId trial, TrialEventKind @event, string refusal);

    [LoggerMessage(3, LogLevel.Warning, "Trial {Trial} could not carry out {Effect} of attempt {Attempt}, rank {Rank}; it is tried again.")]
    private partial void LogEffectFailed(Exception failure, TrialId trial, TrialEffectKind effect, int attempt, int rank);

    [LoggerMessage(4, LogLevel.Information, "Trial {Trial}: {Event}: {Why}")]
    private partial void LogNoted(TrialId trial, TrialEventKind @event, string why);
}
