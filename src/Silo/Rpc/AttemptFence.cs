using Granary.Trials;

namespace Granary.Silo.Rpc;

/// <summary>
/// Refuses measurements of an attempt that is over. It asks the trial at first and then every few seconds, because step metrics
/// shall not cost the grains a call each: a zombie is heard for that long, and the metric store lets a newer attempt win.
/// </summary>
internal sealed class AttemptFence(SweepLookup lookup, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(2);

    private AttemptId? _checked;
    private long _at;

    /// <summary>Lets a current attempt pass.</summary>
    /// <exception cref="StaleAttemptException">It is not the current one.</exception>
    public async Task CheckAsync(AttemptId attempt, CancellationToken cancellationToken)
    {
        if (_checked == attempt && time.GetElapsedTime(_at) < Trust) return;
        TrialSnapshot trial = await lookup.TrialAsync(attempt.Trial, cancellationToken);
        if (trial.Attempt != attempt.Attempt)
        {
            throw new StaleAttemptException(
                $"{attempt} sends metrics, but attempt {trial.Attempt} is the current one. The worker must end.");
        }

        _checked = attempt;
        _at = time.GetTimestamp();
    }
}
