using Granary.Cli.Watching;
using Granary.V1;
using Spectre.Console;

namespace Granary.Cli.Commands;

/// <summary>
/// What there is to say of one trial: how far it is, the verdict over its layers with the evidence, and each layer's newest numbers.
/// </summary>
internal static class TrialReport
{
    public static async Task WriteAsync(
        CommandContext context, SiloConnection silo, Sweep sweep, int number, CancellationToken cancellationToken)
    {
        Trial trial = sweep.Trials.FirstOrDefault(trial => trial.Number == number)
            ?? throw new CliException($"{sweep.Id} has no trial {number}; its trials are {Range(sweep)}.");
        CurvesReply curves = await silo.Sweeps.CurvesAsync(
            new CurvesRequest { Trial = trial.Id, Points = 2, Layers = true }, cancellationToken: cancellationToken);
        Write(context, sweep, trial, curves.Steps.LastOrDefault(step => step.Layers.Count > 0));
    }

    private static void Write(CommandContext context, Sweep sweep, Trial trial, StepMetrics? watched)
    {
        var progress = new TrialProgress(trial, null);
        string reason = trial.Reason.Length > 0 ? $" ({trial.Reason})" : "";
        string state = trial.State.ToString().ToLowerInvariant();
        context.Say($"{trial.Id}: {state}{reason}, {trial.EpochsDone} of {trial.Epochs} epochs, attempt {trial.Attempt}");
        context.Say(progress.Parameters);
        if (progress.FoundRate is { } rate)
            context.Say($"learning rate found: {Format.Value(rate)}");
        if (trial.HasBest)
            context.Say($"best {sweep.Objective.Metric} {Format.Value(trial.Best)} at epoch {trial.BestEpoch}");
        if (progress.Verdict.Length > 0)
            context.Say(progress.Sick ? $"layers {progress.Verdict}: {trial.Health.Sentence}" : $"layers {progress.Verdict}");
        if (watched is null)
        {
            context.Say("No layer has been watched.");
            return;
        }

        context.Say($"Layers at step {watched.Step}:");
        context.Out.Write(Table(watched));
        foreach (LayerStatistics layer in watched.Layers.Where(layer => layer.Evidence.Length > 0))
        {
            context.Say($"{layer.Layer} {TrialProgress.Word(layer.Health)}: {layer.Evidence}");
        }
    }

    private static Table Table(StepMetrics watched)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("layer", "kind");
        foreach (string title in new[] { "mean", "std", "near zero", "gradient", "weight", "update" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn("verdict");
        foreach (LayerStatistics layer in watched.Layers)
        {
            table.AddRow([.. Row(layer).Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Row(LayerStatistics layer)
    {
        yield return layer.Layer;
        yield return layer.Kind;
        yield return Format.Value(layer.Mean);
        yield return Format.Value(layer.StandardDeviation);
        yield return Format.Value(layer.NearZero);
        yield return Format.Value(layer.HasGradientNorm ? layer.GradientNorm : null);
        yield return Format.Value(layer.HasWeightNorm ? layer.WeightNorm : null);
        yield return Format.Value(layer.HasUpdateRatio ? layer.UpdateRatio : null);
        yield return TrialProgress.Word(layer.Health) is { Length: > 0 } word ? word : "-";
    }

    private static string Range(Sweep sweep) => sweep.Trials.Count == 0
        ? "not made yet"
        : $"{sweep.Trials.Min(trial => trial.Number)} to {sweep.Trials.Max(trial => trial.Number)}";
}
