using Granary.Sweeps;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    [LoggerMessage(1, LogLevel.Information, "Sweep {Sweep}: {From} -> {To}. {Reason}")]
    private partial void LogMoved(SweepId sweep, SweepState from, SweepState to, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Sweep {Sweep} could not {What}; it tries again.")]
    private partial void LogEffectFailed(Exception failure, SweepId sweep, string what);
}
