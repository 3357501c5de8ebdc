using System.Diagnostics.Metrics;
using Granary.Dashboard.Live;
using Granary.Dashboard.Views;

namespace Granary.Dashboard.Metrics;

/// <summary>
/// The learning curves of running trials as gauges. A series exists while its trial runs and vanishes with it; labels are
/// sweep, trial, model and layer, so their number is bounded by what runs at a time.
/// </summary>
internal sealed class LiveInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Granary.Runs";

    private readonly Meter _meter = new(MeterName);
    private readonly LiveFeed _feed;

    public LiveInstruments(LiveFeed feed)
    {
        _feed = feed;
        Step("granary.trial.train.loss", "train-loss", "Training loss of the last step.");
        Step("granary.trial.train.accuracy", "train-accuracy", "Share of the last step's examples that were classified right.");
        Step("granary.trial.learning_rate", "learning-rate", "Learning rate of the last step.");
        Step("granary.trial.throughput", "examples-per-second", "Training examples per second.");
        Epoch("granary.trial.valid.loss", "valid-loss", "Validation loss of the last epoch.");
        Epoch("granary.trial.valid.accuracy", "valid-accuracy", "Validation accuracy of the last epoch.");
        Gauge("granary.trial.epoch", "Epochs completed, with the fraction of the running one.", live => live.Point?.Epoch);
        Gauge("granary.trial.best", "Best value of the sweep's objective so far.", live => live.Trial.Best);
        Layer("granary.layer.activation.mean", "Mean of a layer's outputs.", layer => layer.Mean);
        Layer("granary.layer.activation.std", "Standard deviation of a layer's outputs.", layer => layer.StandardDeviation);
        Layer("granary.layer.activation.near_zero", "Share of a layer's outputs at or below 0.05.", layer => layer.NearZero);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Step(string name, string metric, string description) =>
        Gauge(name, description, live => live.Point?.Values.TryGetValue(metric, out double value) == true ? value : null);

    private void Epoch(string name, string metric, string description) =>
        Gauge(name, description, live => live.Trial.Metrics.TryGetValue(metric, out double value) ? value : null);

    private void Gauge(string name, string description, Func<LiveTrial, double?> read) =>
        _meter.CreateObservableGauge(name, () => Measure(read), description: description);

    private void Layer(string name, string description, Func<LayerView, double> read) =>
        _meter.CreateObservableGauge(name, () => MeasureLayers(read), description: description);

    private IEnumerable<Measurement<double>> Measure(Func<LiveTrial, double?> read)
    {
        foreach ((string sweep, LiveTrial live) in _feed.Running())
        {
            if (read(live) is { } value)
            {
                yield return new Measurement<double>(value, Tags(sweep, live));
            }
        }
    }

    private IEnumerable<Measurement<double>> MeasureLayers(Func<LayerView, double> read)
    {
        foreach ((string sweep, LiveTrial live) in _feed.Running())
        {
            foreach (LayerView layer in live.Layers)
            {
                yield return new Measurement<double>(read(layer), [.. Tags(sweep, live), new("layer", layer.Layer)]);
            }
        }
    }

    private static KeyValuePair<string, object?>[] Tags(string sweep, LiveTrial live) =>
        [new("sweep", sweep), new("trial", live.Trial.Number), new("model", live.Trial.Model)];
}
