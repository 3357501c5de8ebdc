using System.CommandLine;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools;

/// <summary><c>granary export CHECKPOINT</c>: a network's weights as a plain safetensors file that any safetensors reader opens.</summary>
internal static class ExportCommand
{
    private const string Extension = ".safetensors";

    private static readonly Argument<string> Source = new("checkpoint")
    {
        Description = "A run's folder (its newest checkpoint), a checkpoint's manifest, or a file of weights: safetensors, .pth or .pt.",
    };

    private static readonly Option<string?> To = new("--to") { Description = "The file to write; MODEL-STEP.safetensors unless given." };

    private static readonly Option<bool> Averaged = new("--ema")
    {
        Description = "Demand the moving averages of the weights; without it they are taken where the checkpoint has them.",
    };

    private static readonly Option<bool> Trained = new("--no-ema") { Description = "Take the weights as the last step left them." };
    private static readonly Option<bool> Best = new("--best")
    {
        Description = "Of a run's folder, take the checkpoint of the best epoch by the run's objective, not the newest one.",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace the file when there is one." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("export", "Write a network's weights as a plain safetensors file.")
        {
            Source, To, Best, Averaged, Trained, Force,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Averaged) && parsed.GetValue(Trained))
            throw new ToolException("--ema and --no-ema exclude each other.");
        WeightSet wanted = parsed.GetValue(Averaged) ? WeightSet.Averaged
            : parsed.GetValue(Trained) ? WeightSet.Trained
            : WeightSet.Preferred;
        string? target = parsed.GetValue(To);
        bool force = parsed.GetValue(Force);
        CheckTarget(target, force);
        using var interrupt = new InterruptToken(cancellationToken);
        string source = Find(parsed.GetRequiredValue(Source), parsed.GetValue(Best));
        StoredWeights weights = StoredWeights.Read(source, wanted, interrupt.Token);
        if (target is null)
            CheckTarget(target = DefaultTarget(weights), force);
        Write(target, weights, force, interrupt.Token);
        string from = weights.Step is { } step ? $"{weights.Model} after step {step}" : weights.Path;
        long bytes = new FileInfo(target).Length;
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"{target}: {weights.Tensors.Count} tensors, {bytes} bytes, of {from}".AsMemory(), cancellationToken);
        return ToolExit.Done;
    }

    private static string Find(string source, bool best)
    {
        if (Directory.Exists(source))
            return best ? CheckpointFolder.Best(source) : CheckpointFolder.Newest(source);
        return best ? throw new ToolException($"--best chooses in a run's folder; {source} is none.") : source;
    }

    private static void CheckTarget(string? target, bool force)
    {
        if (target is null)
            return;
        if (Directory.Exists(target))
            throw new ToolException($"--to is {target}, which is a folder; expected a file's name.");
        if (!force && File.Exists(target))
            throw new ToolException($"{target} is there already: choose another name with --to, or replace it with --force.");
    }

    private static string DefaultTarget(StoredWeights weights)
    {
        string stem = Path.GetFileNameWithoutExtension(weights.Path);
        return (weights.Model is { } model ? $"{model}-{stem}" : stem) + Extension;
    }

    private static void Write(string target, StoredWeights weights, bool force, CancellationToken cancellationToken)
    {
        // "pt" is what Python's loaders expect of tensors in PyTorch's layout.
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        if (weights.Model is { } model)
            metadata.Add("model", model);
        try
        {
            AtomicFile.Write(
                target,
                stream =>
                {
                    SafetensorsWriter.Write(stream, new SafetensorsFile(metadata, weights.Tensors));
                    cancellationToken.ThrowIfCancellationRequested();
                },
                force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"cannot write {target}: {error.Message}", ToolExit.Failed);
        }
    }
}
