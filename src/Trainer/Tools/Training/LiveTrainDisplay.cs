using System.Globalization;
using Granary.Trainer.Checkpoints;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Trainer.Tools.Training;

/// <summary>A bar for the running epoch, drawn over itself, below a line per completed epoch.</summary>
/// <param name="console">The terminal.</param>
/// <param name="epochs">Epochs of the whole run.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveTrainDisplay(IAnsiConsole console, int epochs, TimeProvider time) : ITrainDisplay
{
    private const int WidestBar = 30;
    private const int BesideTheBar = 84;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly EpochTable _table = new(epochs);
    private bool _headed;

    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(TrainProgress progress, Func<Task<T>> work) =>
        console.Live(Draw(progress.Now)).AutoClear(true).StartAsync(async live =>
        {
            Task<T> running = work();
            while (await Task.WhenAny(running, Task.Delay(Frame, time)) != running)
            {
                live.UpdateTarget(Draw(progress.Now));
                live.Refresh();
            }

            return await running;
        });

    /// <inheritdoc/>
    public void Epoch(EpochRecord record, bool best)
    {
        if (!_headed)
            console.Write(new Text(_table.Header + "\n", new Style(Color.Grey)));
        _headed = true;
        Say(_table.Line(record, best));
    }

    /// <inheritdoc/>
    // Spectre puts what is written meanwhile above the bar.
    public void Say(string line) => console.Write(new Text(line + "\n"));

    /// <inheritdoc/>
    public void End(TrainSummary summary)
    {
        Say(summary.Sentence);
        if (summary.BestSentence is { } best)
            Say(best);
    }

    private IRenderable Draw(TrainSnapshot? now)
    {
        if (now is null)
            return new Text("loading ...", new Style(Color.Grey));
        int width = Math.Clamp(console.Profile.Width - BesideTheBar, 0, WidestBar);
        int done = (int)Math.Round((double)now.Batch / now.Batches * width);
        string numbers = string.Create(
            CultureInfo.InvariantCulture,
            $" {now.Batch}/{now.Batches}  loss {now.Loss:0.0000}  accuracy {now.Accuracy:0.0000}  {now.ExamplesPerSecond:#,0} examples/s  {Time(now.Left)} left");
        return new Paragraph()
            .Append($"epoch {now.Epoch}/{now.Epochs} ")
            .Append(new string('━', done), new Style(Color.Blue))
            .Append(new string('─', width - done), new Style(Color.Grey))
            .Append(numbers)
            .Overflow(Overflow.Ellipsis);
    }

    private static string Time(TimeSpan? time) => time switch
    {
        null => "-",
        { TotalHours: >= 1 } longer => string.Create(CultureInfo.InvariantCulture, $"{(int)longer.TotalHours}:{longer.Minutes:00}:{longer.Seconds:00}"),
        { } shorter => string.Create(CultureInfo.InvariantCulture, $"{shorter.Minutes}:{shorter.Seconds:00}"),
    };
}
