using System.Text.Json;
using Granary.Dashboard.Explaining;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Dashboard.Tests.Explaining;

public sealed class ExplainQueueTests(ExplainFixture fixture) : IClassFixture<ExplainFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ask_StoredCheckpoint_IsDrawnByTheRealTrainerOnce()
    {
        using ExplainQueue queue = Queue();
        await queue.StartAsync(CancellationToken.None);

        ExplainJob job = await EndAsync(queue, fixture.Request);

        Assert.Equal((ExplainState.Done, ""), (job.State, job.Reason));
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(job.Folder, "explain.json")));
        Assert.Equal("lenet-relu", report.RootElement.GetProperty("model").GetString());
        foreach (JsonElement picture in report.RootElement.GetProperty("pictures").EnumerateArray())
        {
            byte[] png = await File.ReadAllBytesAsync(Path.Combine(job.Folder, picture.GetProperty("file").GetString()!));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        }

        int downloads = fixture.Store.Downloaded.Count;
        Assert.Equal(job, queue.Ask(fixture.Request));
        Assert.Equal(ExplainState.Done, (await EndAsync(queue, fixture.Request with { Example = 4 })).State);
        Assert.Equal(downloads, fixture.Store.Downloaded.Count);
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Ask_ExampleThereIsNot_FailsWithTheTrainersWords()
    {
        using ExplainQueue queue = Queue();
        await queue.StartAsync(CancellationToken.None);

        ExplainJob job = await EndAsync(queue, fixture.Request with { Example = 10_000 });

        Assert.Equal(ExplainState.Failed, job.State);
        Assert.Equal("there is no example 10000; the validation set has 10000, from 0.", job.Reason);
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Ask_CheckpointThatIsGoneDamagedOrTooLarge_FailsAndKeepsNothing()
    {
        using ExplainQueue queue = Queue();
        await queue.StartAsync(CancellationToken.None);
        string damaged = new('b', 64);
        fixture.Store.Stored[damaged] = [1, 2, 3];

        ExplainJob gone = await EndAsync(queue, fixture.Request with { Weights = new string('a', 64), Manifest = new string('c', 64) });
        ExplainJob broken = await EndAsync(queue, fixture.Request with { Weights = damaged, Manifest = new string('d', 64) });
        ExplainJob large = await EndAsync(queue, fixture.Request with { Bytes = 3L << 30 });

        Assert.StartsWith("The silo did not give the checkpoint: There is no artifact aaa", gone.Reason, StringComparison.Ordinal);
        Assert.Equal($"The artifact {damaged} arrived damaged; try again.", broken.Reason);
        Assert.StartsWith("The checkpoint has 3221225472 bytes", large.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Ask_TrainerThatTakesTooLong_IsKilled()
    {
        using ExplainQueue queue = Queue(limit: TimeSpan.FromMilliseconds(1));
        await queue.StartAsync(CancellationToken.None);

        ExplainJob job = await EndAsync(queue, fixture.Request with { ValidationSet = true });

        Assert.Contains("and was stopped", job.Reason, StringComparison.Ordinal);
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Ask_UploadedPicture_IsExplainedAndNotKept()
    {
        using ExplainQueue queue = Queue();
        await queue.StartAsync(CancellationToken.None);
        byte[] picture = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Explaining", "colour.png"));

        ExplainJob job = await EndAsync(queue, fixture.Request with { Example = null, Picture = UploadedPicture.Of(picture) });
        ExplainJob damaged = await EndAsync(queue, fixture.Request with { Example = null, Picture = UploadedPicture.Of(picture[..60]) });

        Assert.Equal((ExplainState.Done, ""), (job.State, job.Reason));
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(job.Folder, "explain.json")));
        Assert.Equal("picture upload.png, 19x13", report.RootElement.GetProperty("picture").GetString());
        Assert.Equal(5, report.RootElement.GetProperty("top").GetArrayLength());
        Assert.False(File.Exists(Path.Combine(job.Folder, "upload.png")));
        Assert.Equal(ExplainState.Failed, damaged.State);
        Assert.StartsWith("upload.png: damaged PNG, 60 bytes: expected a whole picture", damaged.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(damaged.Folder));
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task StopAsync_WhileTheTrainerDraws_EndsItAndLeavesNothing()
    {
        string own = _folder.File("own");
        using ExplainQueue queue = Queue(new ExplainOptions { Trainer = TrainerProgram.Find(), Folder = own, Temporary = true });
        await queue.StartAsync(CancellationToken.None);
        queue.Ask(fixture.Request with { ValidationSet = true });
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (Programs(own) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }

        await queue.StopAsync(CancellationToken.None);

        while (Programs(own) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }

        Assert.False(Directory.Exists(own));
    }

    [Fact]
    public void Unavailable_WithoutATrainer_SaysWhatToDo()
    {
        using ExplainQueue queue = Queue(new ExplainOptions { Trainer = null, Folder = _folder.Path });

        Assert.StartsWith("The trainer is not installed beside this dashboard", queue.Unavailable, StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_MoreThanMayWait_IsRefused()
    {
        // Not started: nothing leaves the queue.
        using ExplainQueue queue = Queue();

        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(ExplainState.Queued, queue.Ask(fixture.Request with { Example = i })?.State);
        }

        Assert.Null(queue.Ask(fixture.Request with { Example = 8 }));
        Assert.NotNull(queue.Ask(fixture.Request with { Example = 7 }));
    }

    private ExplainQueue Queue(TimeSpan? limit = null) => Queue(
        new ExplainOptions { Trainer = TrainerProgram.Find(), Folder = _folder.Path, Limit = limit ?? TimeSpan.FromMinutes(3) });

    private ExplainQueue Queue(ExplainOptions options) => new(options, fixture.Client, NullLogger<ExplainQueue>.Instance);

    // Processes that were told a path in the folder.
    private static int Programs(string folder) => Directory.GetDirectories("/proc").Count(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No process, or one that has just ended.
            return false;
        }
    });

    private static async Task<ExplainJob> EndAsync(ExplainQueue queue, ExplainRequest request)
    {
        string id = queue.Ask(request)!.Id;
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        ExplainJob job;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            job = queue.Find(id)!;
        }
        while (job.State is ExplainState.Queued or ExplainState.Running);
        return job;
    }
}
