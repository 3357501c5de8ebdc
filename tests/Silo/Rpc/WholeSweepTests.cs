using System.Globalization;
using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class WholeSweepTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Sweep_WithAnAgent_RunsToItsEndAndIsWatched()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("whole-node", "whole", devices: 1));
        string file = SweepFiles.Grid("whole", trials: 3, epochs: 2);
        V1.SubmitReply submitted = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = file });
        Task<List<V1.SweepEvent>> watching = WatchAsync(submitted.Sweep);

        for (int trial = 1; trial <= 3; trial++) await RunTrialAsync(agent, accuracy: 0.5 + 0.1 * trial);

        List<V1.SweepEvent> events = await watching.WaitAsync(SiloFixture.Patience);
        Assert.NotNull(events[0].Sweep);
        Assert.Equal(V1.SweepState.Succeeded, (events[^1].Summary ?? events[^1].Sweep).State);
        Assert.Contains(events, happened => happened.Trial is { State: V1.TrialState.Succeeded, Number: 3 });
        Assert.Contains(events, happened => happened.Metrics is { Steps.Count: > 0 });

        V1.Sweep sweep = await silo.Sweeps.GetAsync(new V1.SweepRequest { Sweep = submitted.Sweep });
        Assert.Equal(3, sweep.FinishedTrials);
        Assert.Equal(0.8, sweep.Best, precision: 10);
        V1.Trial best = sweep.Trials.Single(trial => trial.Id == sweep.BestTrial);
        Assert.Equal([1, 2], best.History.Select(epoch => epoch.Epoch));
        Assert.Equal(0.8, best.History[1].Values["valid-accuracy"], precision: 10);
        Assert.Equal(2, best.BestEpoch);
    }

    [Fact]
    public async Task Sweep_AfterARestart_GoesOnWithTheTrialsThatAreLeft()
    {
        V1.SubmitReply submitted;
        await using (Agent agent = await Agent.AttachAsync(silo, Agent.Hello("restart-node", "restart", devices: 1)))
        {
            submitted = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("restart", trials: 2) });
            await RunTrialAsync(agent, accuracy: 0.9);
        }

        await silo.RestartAsync();

        await using Agent second = await Agent.AttachAsync(silo, Agent.Hello("restart-node", "restart", devices: 1));
        await RunTrialAsync(second, accuracy: 0.7);
        List<V1.SweepEvent> events = await WatchAsync(submitted.Sweep).WaitAsync(SiloFixture.Patience);
        V1.Sweep sweep = await silo.Sweeps.GetAsync(new V1.SweepRequest { Sweep = submitted.Sweep });
        Assert.NotEmpty(events);
        Assert.Equal(V1.SweepState.Succeeded, sweep.State);
        Assert.Equal([0.7, 0.9], sweep.Trials.Select(trial => trial.Best).Order());
        V1.CurvesReply curves = await silo.Sweeps.CurvesAsync(new V1.CurvesRequest { Trial = sweep.BestTrial });
        Assert.Equal(Enumerable.Range(1, 10), curves.Steps.Select(step => (int)step.Step));
    }

    private async Task RunTrialAsync(Agent agent, double accuracy)
    {
        V1.StartRank start = await NextStartAsync(agent);
        var worker = new Worker(silo, start);
        V1.JoinReply joined = await worker.JoinAsync("127.0.0.1:4242", SiloFixture.Patience);
        Assert.Equal(["127.0.0.1:4242"], joined.Endpoints);
        int epochs = int.Parse(RunEpochs(start.Run), CultureInfo.InvariantCulture);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            Assert.Equal(10, (await worker.MeasureAsync(epoch * 10 - 9, 10)).Steps);
            V1.EpochDirective directive = await worker.ReportAsync(epoch, epoch == epochs ? accuracy : 0.1, last: epoch == epochs);
            Assert.NotEqual(V1.EpochDirective.Types.Action.Unspecified, directive.Action);
        }

        await agent.ExitAsync(start.Id, 0);
    }

    private static async Task<V1.StartRank> NextStartAsync(Agent agent)
    {
        V1.AgentCommand command;
        do command = await agent.NextAsync();
        while (command.StartRank is null);
        return command.StartRank;
    }

    private static string RunEpochs(string run) =>
        System.Text.Json.JsonDocument.Parse(run).RootElement.GetProperty("train").GetProperty("epochs").GetRawText();

    private async Task<List<V1.SweepEvent>> WatchAsync(string sweep)
    {
        using AsyncServerStreamingCall<V1.SweepEvent> call = silo.Sweeps.Watch(new V1.WatchRequest { Sweep = sweep, Metrics = true });
        var events = new List<V1.SweepEvent>();
        await foreach (V1.SweepEvent happened in call.ResponseStream.ReadAllAsync()) events.Add(happened);
        return events;
    }
}
