using Dapper;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>
/// Layer statistics on the one connection that writes: a row per step with every layer's numbers, and a row per step and layer with its
/// histogram, so that numbers are read without histograms and one layer's picture without the others. Not thread-safe.
/// </summary>
/// <param name="connection">Not owned.</param>
/// <param name="maxSamples">Steps with statistics per trial, at most, before every second one is dropped.</param>
internal sealed class LayerTable(SqliteConnection connection, int maxSamples)
{
    /// <summary>Steps times layers kept per trial, at most: some 30 MB with histograms.</summary>
    public const int MostEntries = 120_000;

    /// <summary>Steps kept at least, whatever the layers.</summary>
    public const int FewestSamples = 64;

    /// <summary>Stores a step's statistics; answers whether the step is new.</summary>
    /// <param name="trial">The trial's row.</param>
    /// <param name="step">The step, with layers.</param>
    /// <param name="put">Stores a row of the table <c>layers</c>; answers how many were added.</param>
    /// <param name="transaction">The transaction.</param>
    public int Put(long trial, V1.StepMetrics step, Func<V1.StepMetrics, int> put, SqliteTransaction transaction)
    {
        var numbers = new V1.StepMetrics { Step = step.Step, Epoch = step.Epoch, UnixMilliseconds = step.UnixMilliseconds, Health = step.Health };
        foreach (V1.LayerStatistics layer in step.Layers)
        {
            numbers.Layers.Add(WithoutHistogram(layer));
            if (layer.Histogram is { } histogram)
            {
                connection.Execute(
                    "INSERT OR REPLACE INTO histogram (trial, layer, step, body) VALUES (@trial, @layer, @step, @body)",
                    new { trial, layer = layer.Layer, step = step.Step, body = histogram.ToByteArray() }, transaction);
            }
        }

        return put(numbers);
    }

    /// <summary>A layer's numbers alone.</summary>
    /// <param name="layer">The layer; not changed, others may read it.</param>
    public static V1.LayerStatistics WithoutHistogram(V1.LayerStatistics layer)
    {
        if (layer.Histogram is null) return layer;
        V1.LayerStatistics numbers = layer.Clone();
        numbers.Histogram = null;
        return numbers;
    }

    /// <summary>Whether a trial has more steps than are kept.</summary>
    /// <param name="samples">Its steps with statistics.</param>
    /// <param name="layers">Layers of one of them.</param>
    public bool IsFull(long samples, int layers) =>
        samples > Math.Min(maxSamples, Math.Max(FewestSamples, MostEntries / Math.Max(1, layers)));

    /// <summary>Drops the histograms of steps that the table <c>layers</c> has no more.</summary>
    /// <param name="trial">The trial's row.</param>
    /// <param name="transaction">The transaction.</param>
    public void Follow(long trial, SqliteTransaction transaction) => connection.Execute(
        "DELETE FROM histogram WHERE trial = @trial AND step NOT IN (SELECT step FROM layers WHERE trial = @trial)", new { trial }, transaction);
}
