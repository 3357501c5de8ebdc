using Granary.Silo.Hosting;
using Granary.Silo.Tests.Rpc;
using Grpc.Net.Client;

namespace Granary.Silo.Tests.Hosting;

public sealed class SiloProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Process_Signalled_EndsInOrderAndRemovesItsRecord(string signal)
    {
        await using var silo = SiloProcess.Start("--state", _folder.Path);
        await silo.ServingAsync(_folder.Path);

        await silo.SignalAsync(signal);

        Assert.Equal(0, await silo.ExitAsync());
        Assert.False(File.Exists(new StateDirectory(_folder.Path).RecordFile));
    }

    [Fact]
    public async Task Process_WhoseParentIsGone_EndsInOrder()
    {
        await using var silo = SiloProcess.Start("--exit-with-parent", "--state", _folder.Path);
        await silo.ServingAsync(_folder.Path);

        silo.CloseInput();

        Assert.Equal(0, await silo.ExitAsync());
    }

    [Fact]
    public async Task Process_WithBadOptions_EndsWith2AndNamesThem()
    {
        await using var silo = SiloProcess.Start("--grpc", "nowhere", "--stat", _folder.Path);

        Assert.Equal(2, await silo.ExitAsync());
        Assert.Contains("did you mean '--state'?", await silo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_OnAStateInUse_EndsWith1AndSaysByWhom()
    {
        await using var first = SiloProcess.Start("--state", _folder.Path);
        SiloRecord record = await first.ServingAsync(_folder.Path);
        await using var second = SiloProcess.Start("--state", _folder.Path);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"(process {record.Pid})", await second.Error, StringComparison.Ordinal);
        Assert.Equal(record, SiloRecord.Read(new StateDirectory(_folder.Path).RecordFile));
    }

    [Fact]
    public async Task Process_WithADamagedStateFile_EndsWith1AndNamesIt()
    {
        string file = new StateDirectory(_folder.Path).GrainFile;
        await File.WriteAllTextAsync(file, new string('x', 10_000));
        await using var silo = SiloProcess.Start("--state", _folder.Path);

        Assert.Equal(1, await silo.ExitAsync());
        Assert.Contains(file, await silo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_KilledAfterASubmission_KnowsTheSweepWhenStartedAgain()
    {
        string submitted;
        await using (var first = SiloProcess.Start("--state", _folder.Path))
        {
            SiloRecord record = await first.ServingAsync(_folder.Path);
            using var channel = GrpcChannel.ForAddress($"http://{record.Grpc}");
            var request = new V1.SubmitRequest { File = SweepFiles.Grid("killed", trials: 3) };
            submitted = (await new V1.Sweeps.SweepsClient(channel).SubmitAsync(request)).Sweep;
            await first.SignalAsync("KILL");
            await first.ExitAsync();
        }

        await using var second = SiloProcess.Start("--state", _folder.Path);
        SiloRecord again = await second.ServingAsync(_folder.Path);
        using var reconnected = GrpcChannel.ForAddress($"http://{again.Grpc}");

        V1.Sweep sweep = await new V1.Sweeps.SweepsClient(reconnected).GetAsync(new V1.SweepRequest { Sweep = submitted });
        Assert.Equal(V1.SweepState.Running, sweep.State);
        Assert.Equal(3, sweep.PlannedTrials);
    }
}
