using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Learning;

public sealed class TrainingThreadTests
{
    [Fact]
    public async Task Await_FromTheTrainingThread_ComesBackToIt()
    {
        (int before, int after, int inside) = await TrainingThread.RunAsync("test", () =>
        {
            int mine = Environment.CurrentManagedThreadId;
            int theirs = TrainingThread.Await(async () =>
            {
                await Task.Yield();
                return Environment.CurrentManagedThreadId;
            });
            return (mine, Environment.CurrentManagedThreadId, theirs);
        });

        Assert.Equal(before, after);
        Assert.NotEqual(before, inside);
    }

    [Fact]
    public async Task Await_FailingWork_ThrowsItsException()
    {
        Task<int> run = TrainingThread.RunAsync<int>("test", () => TrainingThread.Await<int>(async () =>
        {
            await Task.Yield();
            throw new IOException("peer lost");
        }));

        IOException error = await Assert.ThrowsAsync<IOException>(() => run);
        Assert.Equal("peer lost", error.Message);
    }

    [Fact]
    public async Task RunAsync_CancelledBody_EndsCancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        Task<int> run = TrainingThread.RunAsync("test", () =>
        {
            source.Token.ThrowIfCancellationRequested();
            return 1;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(run.IsCanceled);
    }
}
