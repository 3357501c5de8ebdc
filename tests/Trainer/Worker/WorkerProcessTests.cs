using System.Diagnostics;
using Granary.Specs;
using Granary.V1;

namespace Granary.Trainer.Tests.Worker;

public sealed class WorkerProcessTests
{
    private const int Forever = 5000;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Worker_WholeRun_ReportsEveryEpochAndStepAndEndsWithZero()
    {
        using var harness = new WorkerHarness(epochs: 3);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile);

        var (code, error) = await WorkerHarness.EndAsync(harness.Start());

        Assert.True(code == 0, error);
        Assert.Equal([1, 2, 3], silo.Memory.Epochs.Select(report => report.Epoch));
        Assert.Equal([false, false, true], silo.Memory.Epochs.Select(report => report.Last));
        Assert.All(silo.Memory.Epochs, report => Assert.Equal(7, report.Metrics.Count));
        // 75 pictures in batches of 16: 5 steps an epoch.
        Assert.Equal(Enumerable.Range(1, 15).Select(step => (long)step), silo.Memory.Steps.Keys.Order());
        Assert.Contains(silo.Memory.Steps.Values, step => step.Layers.Count > 0);
    }

    [Fact]
    public async Task Worker_StandardInputEnds_EndsTheProcess()
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile);
        var worker = harness.Start();
        Assert.True(await silo.Memory.Reported.WaitAsync(Soon));

        worker.StandardInput.Close();

        var (code, error) = await WorkerHarness.EndAsync(worker);
        Assert.Equal(77, code);
        Assert.Contains("The agent is gone", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_Terminated_LeavesACheckpointFromWhichTheRunGoesOnBitForBit()
    {
        using var harness = new WorkerHarness(epochs: 60);
        await using var undisturbed = await WorkerSilo.StartAsync(harness.SiloFile);
        Assert.Equal(0, (await WorkerHarness.EndAsync(harness.Start())).Code);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile);
        var worker = harness.Start();
        Assert.True(await silo.Memory.Reported.WaitAsync(Soon));

        WorkerHarness.Terminate(worker);

        var (code, error) = await WorkerHarness.EndAsync(worker);
        Assert.True(code == 75, $"{code}: {error}");
        var checkpoint = silo.Memory.Checkpoints.LastOrDefault() ?? silo.Memory.Epochs.Last().Checkpoint;
        var resumed = await WorkerHarness.EndAsync(harness.Start(checkpoint: checkpoint));
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(undisturbed.Memory.Epochs.Last().Checkpoint.Weights, silo.Memory.Epochs.Last().Checkpoint.Weights);
    }

    [Theory]
    [InlineData(EpochDirective.Types.Action.Pause, 75)]
    [InlineData(EpochDirective.Types.Action.Stop, 0)]
    public async Task Worker_DirectiveAfterAnEpoch_IsObeyed(EpochDirective.Types.Action directive, int expected)
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory { Directive = directive });

        var (code, error) = await WorkerHarness.EndAsync(harness.Start());

        Assert.True(code == expected, $"{code}: {error}");
        Assert.Single(silo.Memory.Epochs);
    }

    [Fact]
    public async Task Worker_AttemptIsOver_EndsAtOnce()
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory { Refuse = true });

        var (code, error) = await WorkerHarness.EndAsync(harness.Start());

        Assert.Equal(76, code);
        Assert.Contains("attempt 9 has begun", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_SiloRestartsElsewhere_GoesOn()
    {
        using var harness = new WorkerHarness(epochs: 30);
        var memory = new SiloMemory();
        Process worker;
        await using (await WorkerSilo.StartAsync(harness.SiloFile, memory))
        {
            worker = harness.Start();
            Assert.True(await memory.Reported.WaitAsync(Soon));
        }

        await using var next = await WorkerSilo.StartAsync(harness.SiloFile, memory);

        var (code, error) = await WorkerHarness.EndAsync(worker);
        Assert.True(code == 0, error);
        Assert.Equal(Enumerable.Range(1, 30), memory.Epochs.Select(report => report.Epoch).Distinct());
    }

    [Fact]
    public async Task Worker_TwoRanks_TrainTogetherAndRankZeroReports()
    {
        using var harness = new WorkerHarness(epochs: 2);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));

        var ends = await Task.WhenAll(
            WorkerHarness.EndAsync(harness.Start(rank: 0, worldSize: 2)), WorkerHarness.EndAsync(harness.Start(rank: 1, worldSize: 2)));

        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
        Assert.Equal([1, 2], silo.Memory.Epochs.Select(report => report.Epoch));
        Assert.All(silo.Memory.Epochs, report => Assert.Equal(0, report.Id.Rank));
    }

    [Fact]
    public async Task Worker_OtherRankKilled_EndsNamingIt()
    {
        using var harness = new WorkerHarness(Forever) { Parallel = new ParallelSpec { Reform = 0 } };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));
        var first = harness.Start(rank: 0, worldSize: 2);
        var second = harness.Start(rank: 1, worldSize: 2);
        Assert.True(await silo.Memory.Reported.WaitAsync(Soon));

        second.Kill();

        var (code, error) = await WorkerHarness.EndAsync(first);
        Assert.Equal(1, code);
        Assert.Contains("Rank 1", error.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_TwoRanksTerminated_BothLeaveWithOneCheckpoint()
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));
        var ranks = new[] { harness.Start(rank: 0, worldSize: 2), harness.Start(rank: 1, worldSize: 2) };
        Assert.True(await silo.Memory.Reported.WaitAsync(Soon));

        foreach (var rank in ranks) WorkerHarness.Terminate(rank);

        var ends = await Task.WhenAll(ranks.Select(WorkerHarness.EndAsync));
        Assert.All(ends, end => Assert.True(end.Code == 75, end.Error));
    }

    [Fact]
    public async Task Worker_NoLaunchDocument_SaysSo()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "granary-trainer");
        var start = new ProcessStartInfo(program, ["worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var worker = Process.Start(start)!;
        worker.StandardInput.Close();

        var (code, error) = await WorkerHarness.EndAsync(worker);

        Assert.Equal(2, code);
        Assert.Contains("no launch document", error, StringComparison.Ordinal);
    }
}
