using System.Globalization;
using Granary.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Cli.Watching;

/// <summary>A table that is drawn over itself: running trials with a bar each, the best so far, the time left.</summary>
internal sealed class LiveDisplay(IAnsiConsole console, TimeProvider time, string? dashboard) : ISweepDisplay
{
    private const int BarWidth = 24;
    private const int MostEnded = 6;
    private const int MostActive = 24;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);

    private volatile string _news = "";

    /// <inheritdoc/>
    public async Task ShowAsync(SweepWatcher watcher, SweepProgress progress, Func<Task> work, CancellationToken cancellationToken)
    {
        await console.Live(Draw(progress)).AutoClear(true).StartAsync(async live =>
        {
            Task running = work();
            while (await Task.WhenAny(running, Task.Delay(Frame, time, cancellationToken)) != running)
            {
                live.UpdateTarget(Draw(progress));
                live.Refresh();
            }

            await running;
        });
    }

    /// <inheritdoc/>
    public void Say(string line) => _news = line;

    private Rows Draw(SweepProgress progress)
    {
        if (progress.Sweep is not { } sweep)
        {
            return new Rows(new Text("starting ..."));
        }

        IReadOnlyList<TrialProgress> trials = progress.Trials;
        int queued = trials.Count(trial => !trial.Ended && !trial.Active);
        string best = sweep.HasBest ? $"best {sweep.Objective.Metric} {Format.Value(sweep.Best)} (trial {sweep.BestTrial[(sweep.BestTrial.LastIndexOf('/') + 1)..].TrimStart('0')})" : "no result yet";
        List<IRenderable> rows =
        [
            new Markup($"[bold]{Markup.Escape(sweep.Id)}[/] {sweep.State.ToString().ToLowerInvariant()}  {sweep.FinishedTrials}/{sweep.PlannedTrials} trials, {queued} waiting  "
                + $"[green]{Markup.Escape(best)}[/]  {Format.Time(progress.Elapsed)} gone, {Format.Time(progress.Left())} left"),
            Table(trials),
        ];
        rows.AddRange(new[] { dashboard is null ? "" : $"dashboard {dashboard}", _news }.Where(line => line.Length > 0).Select(line => new Text(line, new Style(Color.Grey))));
        return new Rows(rows);
    }

    private static Table Table(IReadOnlyList<TrialProgress> trials)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns("trial", "parameters", "progress", "epoch");
        foreach (string title in new[] { "train-loss", "valid-acc", "ex/s" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn("state");
        foreach (TrialProgress trial in trials.Where(trial => trial.Ended).OrderByDescending(trial => trial.Trial.Finished).Take(MostEnded).Reverse()
            .Concat(trials.Where(trial => trial.Active).Take(MostActive)))
        {
            Trial t = trial.Trial;
            table.AddRow(
                new Text(t.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(trial.Parameters),
                Bar(trial),
                new Text($"{t.EpochsDone}/{t.Epochs}"),
                new Text(Format.Value(trial.Metric("train-loss"))),
                new Text(Format.Value(t.Metrics.TryGetValue("valid-accuracy", out double accuracy) ? accuracy : null)),
                new Text(Format.Rate(trial.Metric("examples-per-second"))),
                new Text(t.State.ToString().ToLowerInvariant() + (t.Devices.Count > 1 ? $" x{t.Devices.Count}" : "")));
        }

        return table;
    }

    private static Markup Bar(TrialProgress trial)
    {
        int done = (int)Math.Round(trial.Share * BarWidth);
        string color = trial.Trial.State switch
        {
            TrialState.Failed => "red",
            TrialState.Succeeded => "green",
            TrialState.Stopped => "yellow",
            _ => "blue",
        };
        return new Markup($"[{color}]{new string('━', done)}[/][grey]{new string('─', BarWidth - done)}[/]");
    }
}
