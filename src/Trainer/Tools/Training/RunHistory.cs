using System.Text;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>A run's completed epochs: in memory, and as <c>history.jsonl</c>, one JSON object a line.</summary>
internal sealed class RunHistory
{
    private readonly string _path;
    private readonly ObjectiveSpec _objective;

    /// <summary>Writes the file anew with the epochs that are known: what followed the checkpoint that a run goes on from never was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="objective">What makes an epoch the best.</param>
    /// <param name="known">The epochs so far.</param>
    public RunHistory(string path, ObjectiveSpec objective, IReadOnlyList<EpochRecord> known)
    {
        (_path, _objective) = (path, objective);
        string temporary = path + ".part";
        using (FileStream file = File.Create(temporary))
        {
            foreach (EpochRecord record in known)
                file.Write(Line(record));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        foreach (EpochRecord record in known)
            Keep(record);
    }

    /// <summary>The best epoch; null before the first.</summary>
    public EpochRecord? Best { get; private set; }

    /// <summary>An epoch's value of the objective.</summary>
    /// <param name="record">The epoch.</param>
    public double Value(EpochRecord record) => record.Metrics[_objective.Metric];

    /// <summary>Adds an epoch.</summary>
    /// <param name="record">The epoch.</param>
    /// <returns>true: none before was as good.</returns>
    public bool Add(EpochRecord record)
    {
        using (var file = new FileStream(_path, FileMode.Append, FileAccess.Write))
        {
            file.Write(Line(record));
            file.Flush(flushToDisk: true);
        }

        return Keep(record);
    }

    /// <summary>An epoch as a line of JSON, its line end with it; a number that is not finite is null.</summary>
    /// <param name="record">The epoch.</param>
    public static byte[] Line(EpochRecord record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", record.Epoch);
            foreach ((string name, double value) in record.Metrics)
                JsonNumbers.Write(json, name, value);
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), .. Encoding.UTF8.GetBytes("\n")];
    }

    private bool Keep(EpochRecord record)
    {
        bool best = Best is null || (_objective.Maximize ? Value(record) > Value(Best) : Value(record) < Value(Best));
        if (best)
            Best = record;
        return best;
    }
}
