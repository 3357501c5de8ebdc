namespace Granary.Cli.Watching;

/// <summary>Shows a sweep while it runs.</summary>
internal interface ISweepDisplay
{
    /// <summary>Shows until <paramref name="work"/> has ended.</summary>
    Task ShowAsync(SweepWatcher watcher, SweepProgress progress, Func<Task> work, CancellationToken cancellationToken);

    /// <summary>One line of news.</summary>
    void Say(string line);
}
