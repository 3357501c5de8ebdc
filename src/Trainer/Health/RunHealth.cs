namespace Granary.Trainer.Health;

/// <summary>What all layers' samples say of a run.</summary>
/// <param name="Health">The gravest of the layers' verdicts.</param>
/// <param name="Sentence">How many layers have it, and the first one's evidence; empty for a healthy run.</param>
/// <param name="Layers">Every layer's verdict, in the order of the samples.</param>
internal sealed record RunHealth(LayerHealth Health, string Sentence, IReadOnlyList<LayerVerdict> Layers)
{
    /// <summary>Of a run that has no samples.</summary>
    public static RunHealth Unknown { get; } = new(LayerHealth.Healthy, "", []);

    /// <summary>The run's verdict over its layers'.</summary>
    /// <param name="layers">The layers' verdicts.</param>
    public static RunHealth Of(IReadOnlyList<LayerVerdict> layers)
    {
        LayerHealth gravest = layers.Select(layer => layer.Health).DefaultIfEmpty(LayerHealth.Healthy).Max();
        if (gravest == LayerHealth.Healthy)
            return new RunHealth(gravest, "", layers);
        LayerVerdict[] such = [.. layers.Where(layer => layer.Health == gravest)];
        string count = FormattableString.Invariant($"{such.Length} of {layers.Count} layers {gravest.ToString().ToLowerInvariant()}");
        return new RunHealth(gravest, $"{count}; {such[0].Layer}: {such[0].Evidence}.", layers);
    }
}
