namespace Granary.Trainer.Learning;

/// <summary>A run of one rank: its sums are its own numbers.</summary>
internal sealed class SingleProcess : IReduction
{
    /// <summary>The one instance; it holds nothing.</summary>
    public static SingleProcess Instance { get; } = new();

    private SingleProcess()
    {
    }

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int WorldSize => 1;

    /// <inheritdoc/>
    public Task SumAsync(Memory<float> values, TimeSpan patience, CancellationToken cancellationToken) => Task.CompletedTask;
}
