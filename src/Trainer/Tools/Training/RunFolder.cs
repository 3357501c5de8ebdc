using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// The folder of one run: its checkpoints, and <c>history.jsonl</c> with a line per completed epoch. One process at a time has it.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string LockName = ".lock";
    private const string Damaged = ".damaged";

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Where its checkpoints are.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The history's file.</summary>
    public string HistoryPath => System.IO.Path.Combine(Path, "history.jsonl");

    /// <summary>The manifest of what <see cref="Newest"/> gave; null before.</summary>
    public string? NewestManifest { get; private set; }

    /// <summary>Takes the folder, made when missing.</summary>
    /// <param name="path">Where.</param>
    /// <param name="resume">false: it must be empty.</param>
    /// <exception cref="ToolException">It holds a run already, or another process has it.</exception>
    public static RunFolder Open(string path, bool resume)
    {
        Directory.CreateDirectory(path);
        FileStream @lock;
        try
        {
            @lock = new FileStream(
                System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException)
        {
            throw new ToolException($"{path} is in use: another granary trains there. Wait for it, or choose another folder with --out.");
        }

        if (resume || Directory.EnumerateFileSystemEntries(path).All(entry => System.IO.Path.GetFileName(entry) == LockName))
            return new RunFolder(path, @lock);
        @lock.Dispose();
        throw new ToolException($"{path} is not empty: --resume goes on with the run in it, --out DIR starts one elsewhere.");
    }

    /// <summary>The newest checkpoint that is whole; damaged newer ones are put aside under another name.</summary>
    /// <param name="say">Hears of damaged ones.</param>
    /// <returns>null when no checkpoint was written yet.</returns>
    /// <exception cref="ToolException">There are checkpoints, and all are damaged.</exception>
    public CheckpointState? Newest(Action<string> say)
    {
        RemoveUnfinished();
        string[] manifests = Manifests();
        foreach (string manifest in manifests)
        {
            string weights = System.IO.Path.ChangeExtension(manifest, ".safetensors");
            try
            {
                CheckpointState state = CheckpointReader.Read(weights, manifest);
                NewestManifest = manifest;
                return state;
            }
            catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException)
            {
                say($"A checkpoint is damaged and was put aside: {damage.Message}");
                PutAside(manifest);
                PutAside(weights);
            }
        }

        return manifests.Length == 0 ? null
            : throw new ToolException($"Every checkpoint in {Checkpoints} is damaged. Start the run anew in another folder (--out).", ToolExit.Failed);
    }

    /// <summary>The weights that were written after an epoch; null when they are gone.</summary>
    /// <param name="epoch">Epochs completed.</param>
    public string? WeightsOf(int epoch)
    {
        foreach (string path in Manifests())
        {
            var manifest = Manifest.FromJson(File.ReadAllBytes(path));
            if ((manifest.Epoch, manifest.Batch) == (epoch, 0))
                return System.IO.Path.ChangeExtension(path, ".safetensors");
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // Newest first: names have as many digits as any run needs.
    private string[] Manifests() => Directory.Exists(Checkpoints)
        ? [.. Directory.GetFiles(Checkpoints, "step-*.json").OrderDescending(StringComparer.Ordinal)]
        : [];

    // What a killed process left: half-written files, and weights whose manifest was not written any more.
    private void RemoveUnfinished()
    {
        if (!Directory.Exists(Checkpoints))
            return;
        foreach (string file in Directory.GetFiles(Checkpoints, "*.part"))
            File.Delete(file);
        foreach (string weights in Directory.GetFiles(Checkpoints, "step-*.safetensors"))
        {
            if (!File.Exists(System.IO.Path.ChangeExtension(weights, ".json")))
                File.Delete(weights);
        }
    }

    private static void PutAside(string file)
    {
        if (File.Exists(file))
            File.Move(file, file + Damaged, overwrite: true);
    }
}
