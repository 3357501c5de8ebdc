using System.Diagnostics.Metrics;
using Granary.Dashboard.Live;
using Granary.Dashboard.Views;

namespace Granary.Dashboard.Metrics;

/// <summary>
/// The learning curves of running trials as gauges. A series exists while its trial runs and vanishes with it; labels are
/// sweep, trial, model and layer, so their number is bounded by what runs at a time, and a trial's by <see cref="MostLayers"/>.
/// </summary>
internal sealed class LiveInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Granary.Runs";

    /// <summary>Layers of a trial that have series, the first in the network's order; every network of the catalogue has fewer.</summary>
    public const int MostLayers = 1_024;

    private readonly Meter _meter = new(MeterName);
    private readonly LiveFeed _feed;

    public LiveInstruments(LiveFeed feed)
    {
        _feed = feed;
        Step("granary.trial.train.loss", "train-loss", "Training loss of the last step.");
        Step("granary.trial.train.accuracy", "train-accuracy", "Share of the last step's examples that were classified right.");
        Step("granary.trial.learning_rate", "learning-rate", "Learning rate of the last step.");
        Step("granary.trial.throughput", "examples-per-second", "Training examples per second.");
        Step("granary.trial.reduce.bytes", "reduce-bytes", "Bytes of gradients that the last step summed over the ranks.");
        Step("granary.trial.reduce.bandwidth", "reduce-bandwidth", "Those bytes per second in which a sum was under way on rank 0.");
        Step("granary.trial.reduce.overlap", "overlap-share", "Share of that time in which backward ran beside the sums.");
        _meter.CreateObservableGauge(
            "granary.trial.rank.seconds", MeasureRanks,
            description: "Seconds of a step by rank and phase: load, forward, backward, reduce, wait.");
        Epoch("granary.trial.wait.share", "wait-share", "Share of the other ranks' time that they waited for the slowest, last epoch.");
        Epoch("granary.trial.valid.loss", "valid-loss", "Validation loss of the last epoch.");
        Epoch("granary.trial.valid.accuracy", "valid-accuracy", "Validation accuracy of the last epoch.");
        Gauge("granary.trial.epoch", "Epochs completed, with the fraction of the running one.", live => live.Point?.Epoch);
        Gauge("granary.trial.best", "Best value of the sweep's objective so far.", live => live.Trial.Best);
        Layer("granary.trial.layer.activation.mean", "Mean of a layer's outputs.", layer => layer.Mean);
        Layer("granary.trial.layer.activation.std", "Standard deviation of a layer's outputs.", layer => layer.StandardDeviation);
        Layer("granary.trial.layer.activation.near_zero", "Share of a layer's outputs at or below 0.05.", layer => layer.NearZero);
        Layer("granary.trial.layer.gradient.norm", "Euclidean norm of a layer's gradient, before clipping.", layer => layer.GradientNorm);
        Layer("granary.trial.layer.weight.norm", "Euclidean norm of a layer's weights.", layer => layer.WeightNorm);
        Layer(
            "granary.trial.layer.update_ratio", "Norm of a step's change of a layer's weights over their norm; about 0.001 is right.",
            layer => layer.UpdateRatio);
        _meter.CreateObservableGauge(
            "granary.trial.layer.verdict", MeasureVerdicts,
            description: "1 while a layer has a verdict: dead, exploding, vanishing or collapsing.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Step(string name, string metric, string description) =>
        Gauge(name, description, live => live.Point?.Values.TryGetValue(metric, out double value) == true ? value : null);

    private void Epoch(string name, string metric, string description) =>
        Gauge(name, description, live => live.Trial.Metrics.TryGetValue(metric, out double value) ? value : null);

    private void Gauge(string name, string description, Func<LiveTrial, double?> read) =>
        _meter.CreateObservableGauge(name, () => Measure(read), description: description);

    // rank-1-forward-seconds is the trainer's name for it.
    private IEnumerable<Measurement<double>> MeasureRanks() =>
        from running in _feed.Running()
        from value in running.Trial.Point?.Values ?? new Dictionary<string, double>()
        let parts = value.Key.Split('-')
        where parts is ["rank", _, _, "seconds"]
        select new Measurement<double>(value.Value, [.. Tags(running.Sweep, running.Trial), new("rank", parts[1]), new("phase", parts[2])]);

    private void Layer(string name, string description, Func<LayerView, double?> read) =>
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

    private IEnumerable<Measurement<double>> MeasureLayers(Func<LayerView, double?> read)
    {
        foreach ((string sweep, LiveTrial live, LayerView layer) in Layers())
        {
            if (read(layer) is { } value)
            {
                yield return new Measurement<double>(value, Tags(sweep, live, layer));
            }
        }
    }

    private IEnumerable<Measurement<long>> MeasureVerdicts()
    {
        foreach ((string sweep, LiveTrial live, LayerView layer) in Layers())
        {
            if (layer.Health is not ("healthy" or HealthView.Unknown))
            {
                yield return new Measurement<long>(1, [.. Tags(sweep, live, layer), new("verdict", layer.Health)]);
            }
        }
    }

    private IEnumerable<(string Sweep, LiveTrial Live, LayerView Layer)> Layers() =>
        from running in _feed.Running()
        from layer in running.Trial.Layers.Take(MostLayers)
        select (running.Sweep, running.Trial, layer);

    private static KeyValuePair<string, object?>[] Tags(string sweep, LiveTrial live) =>
        [new("sweep", sweep), new("trial", live.Trial.Number), new("model", live.Trial.Model)];

    private static KeyValuePair<string, object?>[] Tags(string sweep, LiveTrial live, LayerView layer) =>
        [.. Tags(sweep, live), new("layer", layer.Layer)];
}
