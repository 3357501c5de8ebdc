using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class SweepsServiceTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Submit_AWrongFile_NamesEveryMistake()
    {
        string file = SweepFiles.Grid("wrong", 2)
            .Replace("lenet-relu", "lenet-rellu", StringComparison.Ordinal).Replace("batch:", "bach:", StringComparison.Ordinal);

        Status status = await FailAsync(silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = file, FileName = "wrong.yaml" }));

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Contains("wrong.yaml", status.Detail, StringComparison.Ordinal);
        Assert.Contains("lenet-relu", status.Detail, StringComparison.Ordinal);
        Assert.Contains("batch", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AFileOfMoreThanAMebibyte_IsRefused()
    {
        string file = SweepFiles.Grid("large", 1) + "\n#" + new string('x', 1 << 20);

        Status status = await FailAsync(silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = file }));

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Contains("1048576", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TheSameFileAgain_ContinuesTheSweep()
    {
        var request = new V1.SubmitRequest { File = SweepFiles.Grid("again", 2), FileName = "again.yaml" };

        V1.SubmitReply first = await silo.Sweeps.SubmitAsync(request);
        V1.SubmitReply second = await silo.Sweeps.SubmitAsync(request);

        Assert.Equal((false, true), (first.Continued, second.Continued));
        Assert.Equal(first.Sweep, second.Sweep);
        V1.Sweep sweep = await silo.Sweeps.GetAsync(new V1.SweepRequest { Sweep = "again" });
        Assert.Equal(first.Sweep, sweep.Id);
        Assert.Equal(request.File, sweep.File);
        Assert.Equal(V1.SweepState.Running, sweep.State);
        Assert.Equal(2, sweep.PlannedTrials);
    }

    [Fact]
    public async Task Get_AnUnknownSweep_NamesTheNearest()
    {
        V1.SubmitReply near = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("nearby", 1) });

        string misspelt = near.Sweep.Replace("nearby", "nearbi", StringComparison.Ordinal);
        Status status = await FailAsync(silo.Sweeps.GetAsync(new V1.SweepRequest { Sweep = misspelt }));

        Assert.Equal(StatusCode.NotFound, status.StatusCode);
        Assert.Contains($"did you mean '{near.Sweep}'?", status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_001)]
    public async Task List_WithAnImpossibleLimit_IsRefused(int limit)
    {
        Status status = await FailAsync(silo.Sweeps.ListAsync(new V1.ListSweepsRequest { Limit = limit }));

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
    }

    [Fact]
    public async Task List_SeveralSweeps_GivesTheNewestFirstWithoutTrials()
    {
        V1.SubmitReply older = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("older", 1) });
        V1.SubmitReply newer = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("newer", 1) });

        V1.ListSweepsReply list = await silo.Sweeps.ListAsync(new V1.ListSweepsRequest());

        string[] ids = [.. list.Sweeps.Select(sweep => sweep.Id)];
        Assert.True(Array.IndexOf(ids, newer.Sweep) < Array.IndexOf(ids, older.Sweep));
        Assert.All(list.Sweeps, sweep => Assert.Empty(sweep.Trials));
    }

    [Fact]
    public async Task PauseResumeStop_EachTwice_EndWithTheStateAskedFor()
    {
        V1.SubmitReply sweep = await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("steered", 1) });
        var request = new V1.SweepRequest { Sweep = sweep.Sweep };

        for (int i = 0; i < 2; i++) Assert.Equal(V1.SweepState.Paused, (await silo.Sweeps.PauseAsync(request)).State);
        for (int i = 0; i < 2; i++) Assert.Equal(V1.SweepState.Running, (await silo.Sweeps.ResumeAsync(request)).State);
        for (int i = 0; i < 2; i++) Assert.Equal(V1.SweepState.Stopped, (await silo.Sweeps.StopAsync(request)).State);
    }

    [Theory]
    [InlineData("no-such-sweep-1/0001", StatusCode.NotFound)]
    [InlineData("nonsense", StatusCode.InvalidArgument)]
    [InlineData("", StatusCode.InvalidArgument)]
    public async Task Curves_OfNoTrial_IsRefused(string trial, StatusCode expected)
    {
        Status status = await FailAsync(silo.Sweeps.CurvesAsync(new V1.CurvesRequest { Trial = trial }));

        Assert.Equal(expected, status.StatusCode);
    }

    [Fact]
    public async Task Devices_OfAnUnknownPool_IsRefused()
    {
        Status status = await FailAsync(silo.Sweeps.DevicesAsync(new V1.DevicesRequest { Pool = "no-such-pool" }));

        Assert.Equal(StatusCode.NotFound, status.StatusCode);
    }

    [Fact]
    public void States_OnTheWire_HaveTheNamesAndNumbersOfTheGrains()
    {
        Assert.Equal(
            Enum.GetValues<Granary.Sweeps.SweepState>().Select(state => (state.ToString(), (int)state)),
            Enum.GetValues<V1.SweepState>().Where(state => state != 0).Select(state => (state.ToString(), (int)state)));
        Assert.Equal(
            Enum.GetValues<Granary.Trials.TrialState>().Select(state => (state.ToString(), (int)state)),
            Enum.GetValues<V1.TrialState>().Where(state => state != 0).Select(state => (state.ToString(), (int)state)));
        Assert.Equal(
            Enum.GetValues<Granary.Trials.EpochAction>().Select(action => (action.ToString(), (int)action)),
            Enum.GetValues<V1.EpochDirective.Types.Action>().Skip(1).Select(action => (action.ToString(), (int)action)));
    }

    private static async Task<Status> FailAsync<T>(AsyncUnaryCall<T> call) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await call)).Status;
}
