using System.Text;
using System.Text.Json;

namespace Granary.Trainer.Insight;

/// <summary>
/// <c>layers.jsonl</c> beside a run's checkpoints: a line that names the format, then one line of JSON per sample, in order of step.
/// Numbers have the digits of a float32; NaN and infinities are strings. Replaced as a whole, so it is never half-written.
/// </summary>
internal static class LayerHistoryFile
{
    /// <summary>Its name in the checkpoint folder.</summary>
    public const string Name = "layers.jsonl";

    private const string Header = """{"format":"granary-layers","version":1}""";

    /// <summary>Writes the history, in place of an older one.</summary>
    /// <param name="folder">The checkpoint folder; made when missing.</param>
    /// <param name="history">The history.</param>
    public static void Write(string folder, LayerHistory history)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Name);
        string temporary = path + ".part";
        using (FileStream file = File.Create(temporary))
        {
            using var buffered = new BufferedStream(file, 1 << 16);
            buffered.Write(Encoding.UTF8.GetBytes(Header));
            buffered.WriteByte((byte)'\n');
            foreach (WatchSample sample in history.Samples)
            {
                JsonSerializer.Serialize(buffered, sample, LayerHistoryJson.Default.WatchSample);
                buffered.WriteByte((byte)'\n');
            }

            buffered.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a history.</summary>
    /// <param name="folder">The checkpoint folder.</param>
    /// <param name="untilStep">The last step to read: a run that goes on from a checkpoint repeats what came after it.</param>
    /// <returns>The history; an empty one when the folder has no such file.</returns>
    /// <exception cref="InvalidDataException">The file is of another format or damaged; the message names the line.</exception>
    public static LayerHistory Read(string folder, long untilStep = long.MaxValue)
    {
        var history = new LayerHistory();
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return history;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (number == 1)
                Require(line == Header, path, number, $"expected {Header}");
            else if (Parse(line, path, number) is var sample && sample.Step <= untilStep)
                history.Add(sample);
        }

        Require(number > 0, path, 1, "it is empty");
        return history;
    }

    private static WatchSample Parse(string line, string path, int number)
    {
        try
        {
            WatchSample? sample = JsonSerializer.Deserialize(line, LayerHistoryJson.Default.WatchSample);
            Require(sample?.Layers is not null, path, number, "expected a sample");
            Require(sample!.Layers.All(layer => layer.Histogram.Counts.Count == LayerHistogram.Bins), path, number,
                $"expected histograms of {LayerHistogram.Bins} bins");
            return sample;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}, line {number}: {error.Message} Delete the file; the run goes on without it.", error);
        }
    }

    private static void Require(bool holds, string path, int number, string what)
    {
        if (!holds)
            throw new InvalidDataException($"{path}, line {number}: {what}. Delete the file; the run goes on without it.");
    }
}
