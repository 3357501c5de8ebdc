using System.Diagnostics;
using System.Globalization;

namespace Granary.Trainer.Tests.Agent;

public sealed class NodeAgentTests
{
    // Stays until it is told to end, and leaves as a worker does that has written a checkpoint.
    private const string Patient = "trap 'exit 75' TERM; read -r document; while :; do sleep 0.05; done";
    private const string Stubborn = "trap '' TERM; touch ready; read -r document; while :; do sleep 0.05; done";

    [Fact]
    public async Task Attach_FirstTime_OffersTheNodesDevices()
    {
        await using var agent = AgentHarness.Start("exit 0");
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        var hello = await silo.HelloAsync();

        Assert.Equal(("node-1", "default", "127.0.0.1"), (hello.Node, hello.Pool, hello.Address));
        Assert.Equal(["cpu:0", "cuda:1"], hello.Devices.Select(device => device.Id));
        Assert.Empty(hello.Running);
        await silo.NextAsync(message => message.Heartbeat is not null);
    }

    [Fact]
    public async Task StartRank_Once_RunsTheProgramAndTellsItsEnd()
    {
        await using var agent = AgentHarness.Start("""
            read -r document
            echo "$document" > document
            echo $CUDA_VISIBLE_DEVICES $OMP_NUM_THREADS > env
            echo oops >&2
            exit 3
            """);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        await silo.SendAsync(AgentHarness.StartRank(device: "cuda:1"));
        var started = await silo.StartedAsync();
        var exited = await silo.ExitedAsync();

        Assert.Equal(AgentHarness.Rank(), started.Id);
        Assert.True(started.Process > 0);
        Assert.Equal((AgentHarness.Rank(), 3, "oops"), (exited.Id, exited.ExitCode, exited.Error));
        var folder = Directory.GetDirectories(Path.Combine(agent.Folder, "ranks", "sweep_0001")).Single();
        Assert.Contains("\"secret\":\"s3cret\"", await File.ReadAllTextAsync(Path.Combine(folder, "document")), StringComparison.Ordinal);
        Assert.Equal("1 2\n", await File.ReadAllTextAsync(Path.Combine(folder, "env")));
        Assert.Equal("oops\n", await File.ReadAllTextAsync(Path.Combine(folder, "worker.log")));
    }

    [Fact]
    public async Task StartRank_Repeated_StartsOneProcess()
    {
        await using var agent = AgentHarness.Start(Patient);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        await silo.SendAsync(AgentHarness.StartRank());
        await silo.SendAsync(AgentHarness.StartRank());
        var first = await silo.StartedAsync();
        var second = await silo.StartedAsync();

        Assert.Equal(first.Process, second.Process);
    }

    [Fact]
    public async Task StartRank_AfterItsEnd_TellsTheEndAgainAndStartsNothing()
    {
        await using var agent = AgentHarness.Start("exit 4");
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        await silo.ExitedAsync();

        await silo.SendAsync(AgentHarness.StartRank());

        var answer = await silo.NextAsync(message => message.Heartbeat is null);
        Assert.Equal(4, answer.RankExited?.ExitCode);
    }

    [Fact]
    public async Task StartRank_AnotherInALostOnesPlace_IsAWorkerOfItsOwn()
    {
        await using var agent = AgentHarness.Start("""
            read -r document
            echo "$document" > document
            [[ $document == *'"start":1,"ring":2,'* ]] && exit 5
            exit 4
            """);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        var first = await silo.ExitedAsync();

        await silo.SendAsync(AgentHarness.StartRank(start: 1, ring: 2));
        var started = await silo.StartedAsync();
        var second = await silo.ExitedAsync();
        await silo.SendAsync(AgentHarness.StartRank());
        var answer = await silo.NextAsync(message => message.Heartbeat is null);

        Assert.Equal((AgentHarness.Rank(), 4), (first.Id, first.ExitCode));
        Assert.Equal(AgentHarness.Rank(start: 1), started.Id);
        Assert.Equal((AgentHarness.Rank(start: 1), 5), (second.Id, second.ExitCode));
        Assert.Equal(first, answer.RankExited);
        var folders = Directory.GetDirectories(Path.Combine(agent.Folder, "ranks", "sweep_0001"));
        Assert.Equal(["1-0", "1-0-1"], folders.Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task StartRank_UnknownDevice_FailsNamingTheDevices()
    {
        await using var agent = AgentHarness.Start("exit 0");
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        await silo.SendAsync(AgentHarness.StartRank(device: "cuda:7"));

        Assert.Contains("no device cuda:7; it offers cpu:0, cuda:1", (await silo.ExitedAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartRank_DeviceStillTaken_EndsTheOldAttemptFirst()
    {
        await using var agent = AgentHarness.Start(Stubborn);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        var old = await silo.StartedAsync();

        await silo.SendAsync(AgentHarness.StartRank(attempt: 2));

        var started = await silo.StartedAsync();
        Assert.Equal(2, started.Id.Attempt);
        Assert.True(IsGone(old.Process));
    }

    // 128 + 9: SIGKILL, as shells count.
    [Fact]
    public async Task StopRank_WithoutCheckpoint_KillsTheProcess()
    {
        await using var agent = AgentHarness.Start(Stubborn);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        var started = await silo.StartedAsync();

        await silo.SendAsync(AgentHarness.StopRank(checkpoint: false));

        Assert.Equal(137, (await silo.ExitedAsync()).ExitCode);
        Assert.True(IsGone(started.Process));
    }

    [Fact]
    public async Task StopRank_WithCheckpoint_LetsTheWorkerLeaveByItself()
    {
        await using var agent = AgentHarness.Start(Patient);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        await silo.StartedAsync();

        await silo.SendAsync(AgentHarness.StopRank(checkpoint: true));
        await silo.SendAsync(AgentHarness.StopRank(checkpoint: true));

        Assert.Equal(75, (await silo.ExitedAsync()).ExitCode);
    }

    [Fact]
    public async Task StopRank_WithCheckpointIgnored_KillsAfterTheGrace()
    {
        await using var agent = AgentHarness.Start(Stubborn, grace: TimeSpan.FromMilliseconds(300));
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        await silo.StartedAsync();
        await agent.ReadyAsync();

        await silo.SendAsync(AgentHarness.StopRank(checkpoint: true));

        Assert.Equal(137, (await silo.ExitedAsync()).ExitCode);
    }

    [Fact]
    public async Task StopRank_NotRunning_IsAnsweredWithAnExit()
    {
        await using var agent = AgentHarness.Start("exit 0");
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        await silo.SendAsync(AgentHarness.StopRank(checkpoint: true));

        Assert.Equal(AgentHarness.Rank(), (await silo.ExitedAsync()).Id);
    }

    [Fact]
    public async Task Attach_SiloRestartedElsewhere_TellsWhatRunsWithTheSameSession()
    {
        await using var agent = AgentHarness.Start(Patient);
        string session;
        int process;
        await using (var silo = await FakeSilo.StartAsync(agent.SiloFile))
        {
            session = (await silo.HelloAsync()).Session;
            await silo.SendAsync(AgentHarness.StartRank());
            process = (await silo.StartedAsync()).Process;
        }

        await using var next = await FakeSilo.StartAsync(agent.SiloFile);
        var hello = await next.HelloAsync();

        Assert.Equal(session, hello.Session);
        Assert.Equal([AgentHarness.Rank()], hello.Running);
        Assert.False(IsGone(process));
    }

    [Fact]
    public async Task Attach_WorkerEndedWhileSiloWasAway_TellsItsEnd()
    {
        await using var agent = AgentHarness.Start("while [ ! -e go ]; do sleep 0.02; done; exit 5");
        await using (var silo = await FakeSilo.StartAsync(agent.SiloFile))
        {
            await silo.SendAsync(AgentHarness.StartRank());
            await silo.StartedAsync();
        }

        var folder = Directory.GetDirectories(Path.Combine(agent.Folder, "ranks", "sweep_0001")).Single();
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");
        await using var next = await FakeSilo.StartAsync(agent.SiloFile);

        Assert.Equal(5, (await next.ExitedAsync()).ExitCode);
    }

    [Fact]
    public async Task RunAsync_Ended_LeavesNoWorker()
    {
        await using var agent = AgentHarness.Start(Patient);
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);
        await silo.SendAsync(AgentHarness.StartRank());
        var started = await silo.StartedAsync();

        await agent.EndAsync();

        Assert.True(IsGone(started.Process));
        Assert.Equal(75, (await silo.ExitedAsync()).ExitCode);
    }

    [Fact]
    public async Task StartRank_ChattyWorker_KeepsTheEndOfItsErrors()
    {
        await using var agent = AgentHarness.Start("for i in $(seq 3000); do echo line $i >&2; done; exit 1");
        await using var silo = await FakeSilo.StartAsync(agent.SiloFile);

        await silo.SendAsync(AgentHarness.StartRank());

        var error = (await silo.ExitedAsync()).Error;
        Assert.InRange(error.Length, 4096, 8192);
        Assert.EndsWith("line 3000", error, StringComparison.Ordinal);
    }

    private static bool IsGone(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return found.HasExited || stat.Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return true;
        }
    }
}
