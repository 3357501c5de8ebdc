using System.Text;
using System.Text.Json;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>One JSON object a line: each epoch as in <c>history.jsonl</c>, and a last one with the outcome.</summary>
/// <param name="output">Where to.</param>
/// <param name="error">Where news go.</param>
internal sealed class JsonTrainDisplay(TextWriter output, TextWriter error) : ITrainDisplay
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(TrainProgress progress, Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Epoch(EpochRecord record, bool best) => Write(Encoding.UTF8.GetString(RunHistory.Line(record)).TrimEnd());

    /// <inheritdoc/>
    public void Say(string line) => error.WriteLine(line);

    /// <inheritdoc/>
    public void End(TrainSummary summary)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("outcome", JsonNamingPolicy.KebabCaseLower.ConvertName(summary.Outcome.End.ToString()));
            json.WriteString("reason", summary.Outcome.Reason);
            json.WriteNumber("epochs", summary.Outcome.Epoch);
            json.WriteNumber("step", summary.Outcome.Step);
            if (summary.Best is { } best)
            {
                json.WriteNumber("best-epoch", best.Epoch);
                json.WriteString("best-metric", summary.Objective.Metric);
                JsonNumbers.Write(json, "best-value", best.Metrics[summary.Objective.Metric]);
                json.WriteString("best-weights", summary.BestWeights);
            }

            json.WriteEndObject();
        }

        Write(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private void Write(string line)
    {
        lock (_lock)
            output.WriteLine(line);
    }
}
