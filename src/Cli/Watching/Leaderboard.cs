using System.Globalization;
using Granary.V1;
using Spectre.Console;

namespace Granary.Cli.Watching;

/// <summary>A sweep's trials, best first: what <c>sweep run</c> ends with and <c>sweep show</c> prints.</summary>
internal static class Leaderboard
{
    private const int MostRows = 50;
    private const int MostExplained = 5;

    public static void Write(IAnsiConsole console, Sweep sweep, IEnumerable<TrialProgress> trials)
    {
        bool maximize = sweep.Objective?.Maximize ?? true;
        TrialProgress[] order =
        [
            .. trials.OrderBy(trial => !trial.Trial.HasBest || double.IsNaN(trial.Trial.Best))
                .ThenBy(trial => maximize ? -trial.Trial.Best : trial.Trial.Best)
                .ThenBy(trial => trial.Trial.Number),
        ];
        Table table = new Table().Border(TableBorder.Simple).AddColumns("#", "trial", "parameters");
        foreach (string title in new[] { sweep.Objective?.Metric ?? "best", "epoch", "train-loss", "time" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        // Only of use in sweeps that search for their rate, or watch their layers.
        bool rates = order.Any(trial => trial.FoundRate is not null);
        bool verdicts = order.Any(trial => trial.Verdict.Length > 0);
        if (rates)
            table.AddColumn(new TableColumn("lr found").RightAligned());
        if (verdicts)
            table.AddColumn("layers");
        table.AddColumn("state");
        for (int place = 0; place < Math.Min(order.Length, MostRows); place++)
        {
            table.AddRow([.. Row(place + 1, order[place], rates, verdicts).Select(cell => new Text(cell))]);
        }

        console.Write(table);
        if (order.Length > MostRows)
        {
            console.Profile.Out.Writer.WriteLine($"... and {order.Length - MostRows} more");
        }

        foreach (TrialProgress failed in order.Where(trial => trial.Trial.State == TrialState.Failed).Take(MostExplained))
        {
            console.Profile.Out.Writer.WriteLine($"trial {failed.Trial.Number} failed: {failed.Trial.Reason}");
        }

        foreach (TrialProgress sick in order.Where(trial => trial.Sick).Take(MostExplained))
        {
            console.Profile.Out.Writer.WriteLine($"trial {sick.Trial.Number} {sick.Verdict}: {sick.Trial.Health.Sentence}");
        }
    }

    private static IEnumerable<string> Row(int place, TrialProgress trial, bool rates, bool verdicts)
    {
        Trial t = trial.Trial;
        yield return place.ToString(CultureInfo.InvariantCulture);
        yield return t.Number.ToString(CultureInfo.InvariantCulture);
        yield return trial.Parameters;
        yield return Format.Value(t.HasBest ? t.Best : null);
        yield return string.Create(CultureInfo.InvariantCulture, $"{t.BestEpoch}/{t.Epochs}");
        yield return Format.Value(t.Metrics.TryGetValue("train-loss", out double loss) ? loss : null);
        yield return Format.Time(t is { Started: not null, Finished: not null } ? t.Finished.ToDateTimeOffset() - t.Started.ToDateTimeOffset() : null);
        if (rates)
            yield return Format.Value(trial.FoundRate);
        if (verdicts)
            yield return trial.Verdict.Length > 0 ? trial.Verdict : "-";
        yield return t.State.ToString().ToLowerInvariant();
    }
}
