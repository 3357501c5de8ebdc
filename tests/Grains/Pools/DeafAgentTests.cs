using Granary.Grains.Tests.Running;
using Granary.Sweeps;
using Orleans.Configuration;

namespace Granary.Grains.Tests.Pools;

public sealed class DeafAgentTests
{
    // The limit of all calls is out of the test's reach here, so that only the observers' own can end the wait.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    [Fact]
    public async Task Command_ToAStreamThatIsGone_IsGivenUpAndTheNextStreamTakesOver()
    {
        await using TestSilo silo = await TestSilo.StartAsync(
            new SharedStorage(), fleet => fleet.LostAfter = Forever,
            orleans => orleans.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = Forever));
        FakeAgent gone = await FakeAgent.StartAsync(silo, devices: 1);
        gone.LoseReference();
        await gone.KillAsync();
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1));
        await silo.UntilAsync(id, snapshot => snapshot.Trials.Any(trial => trial.Devices.Count > 0));

        await using FakeAgent next = await FakeAgent.StartAsync(silo, devices: 1);

        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);
        Assert.Equal(3, sweep.Trials.Single().EpochsDone);
        Assert.Empty(gone.Launches);
    }
}
