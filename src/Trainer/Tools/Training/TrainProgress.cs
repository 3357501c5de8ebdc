using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>Where a run is, from what its steps report. Written by one thread, read by any.</summary>
/// <param name="epochs">Epochs of the whole run.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainProgress(int epochs, TimeProvider time)
{
    private long _start;
    private double _startEpochs;
    private int _epoch;
    private long _steps;
    private double _loss;
    private double _accuracy;
    private double _secondsPerExample;
    private volatile TrainSnapshot? _now;

    /// <summary>The newest state; null before the first step.</summary>
    public TrainSnapshot? Now => _now;

    /// <summary>Takes a step in.</summary>
    /// <param name="step">What was measured.</param>
    public void Add(StepResult step)
    {
        // The step that completes an epoch still belongs to it.
        int epoch = (int)Math.Ceiling(step.Epoch - 1e-9);
        long batches = Math.Max(1, (long)Math.Round(step.Step / step.Epoch));
        if (epoch != _epoch)
            (_epoch, _steps, _loss, _accuracy, _secondsPerExample) = (epoch, 0, 0, 0, 0);
        if (_now is null)
            (_start, _startEpochs) = (time.GetTimestamp(), step.Epoch);
        _steps++;
        _loss += step.Values[MetricNames.TrainLoss];
        _accuracy += step.Values[MetricNames.TrainAccuracy];
        _secondsPerExample += 1 / step.Values[MetricNames.ExamplesPerSecond];
        _now = new TrainSnapshot(
            epoch,
            epochs,
            step.Step - ((epoch - 1) * batches),
            batches,
            _loss / _steps,
            _accuracy / _steps,
            _steps / _secondsPerExample,
            Left(step.Epoch));
    }

    // Validation and checkpoints are in the time gone, so they are in the estimate.
    private TimeSpan? Left(double done) =>
        done > _startEpochs ? time.GetElapsedTime(_start) * ((epochs - done) / (done - _startEpochs)) : null;
}
