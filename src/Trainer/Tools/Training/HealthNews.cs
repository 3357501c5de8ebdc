using Granary.Trainer.Health;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>Says when a run's health changes for better or worse; a state that lasts is told once.</summary>
/// <param name="say">Hears of it.</param>
internal sealed class HealthNews(Action<string> say)
{
    private LayerHealth _told = LayerHealth.Healthy;

    /// <summary>A step has ended.</summary>
    /// <param name="step">The step.</param>
    public void Add(StepResult step)
    {
        if (step.Health is not { } health || health.Health == _told)
            return;
        _told = health.Health;
        say(FormattableString.Invariant($"step {step.Step}: {(health.Health == LayerHealth.Healthy ? "all layers healthy again" : health.Sentence)}"));
    }
}
