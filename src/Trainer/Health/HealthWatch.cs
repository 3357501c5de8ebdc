using Granary.Trainer.Insight;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Health;

/// <summary>
/// Keeps what the layer watch sees, judges the run by it, and leaves the history beside the checkpoints: after each epoch and when the
/// run ends, however it does.
/// </summary>
/// <param name="watch">Takes the samples; empty on ranks other than 0.</param>
/// <param name="folder">The checkpoint folder.</param>
internal sealed class HealthWatch(LayerWatch watch, string folder) : Callback
{
    private readonly List<WatchSample> _window = [];
    private LayerHistory _history = new();
    private bool _unwritten;

    /// <summary>After the layer watch, before the reports.</summary>
    public override int Order => 70;

    /// <summary>The last step's sample; null when it took none.</summary>
    public WatchSample? Sample => watch.Sample;

    /// <summary>The verdict over the newest samples.</summary>
    public RunHealth Verdict { get; private set; } = RunHealth.Unknown;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        if (learner.Reduction.Rank != 0 || learner.Position.Step == 0)
            return;
        _history = LayerHistoryFile.Read(folder, learner.Position.Step);
        _window.AddRange(_history.Samples.TakeLast(Thresholds.Window));
        Verdict = HealthCheck.Judge(_window);
    }

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        if (watch.Sample is not { } sample)
            return;
        _window.Add(sample);
        if (_window.Count > Thresholds.Window)
            _window.RemoveAt(0);
        _history.Add(sample);
        _unwritten = true;
        Verdict = HealthCheck.Judge(_window);
    }

    /// <inheritdoc/>
    public override void AfterEpoch(Learner learner) => Write();

    /// <inheritdoc/>
    public override void AfterFit(Learner learner)
    {
        try
        {
            Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The history is a by-product; what ended the run must be heard instead.
        }
    }

    private void Write()
    {
        if (!_unwritten)
            return;
        LayerHistoryFile.Write(folder, _history);
        _unwritten = false;
    }
}
