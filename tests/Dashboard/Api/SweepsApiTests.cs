using System.Net;
using System.Text.Json;
using Granary.Dashboard.Tests.Hosting;
using Granary.Sweeps;

namespace Granary.Dashboard.Tests.Api;

[Collection(SharedDashboard.Name)]
public sealed class SweepsApiTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task List_AfterASubmission_HasTheSweep()
    {
        string id = await dashboard.Silo.SubmitAsync("listed");

        JsonElement sweep = (await dashboard.GetAsync("/api/sweeps")).EnumerateArray()
            .Single(entry => entry.GetProperty("id").GetString() == id);

        Assert.Equal("listed", sweep.GetProperty("name").GetString());
        Assert.Equal("running", sweep.GetProperty("state").GetString());
        Assert.Equal("valid-accuracy", sweep.GetProperty("metric").GetString());
        Assert.Equal(2, sweep.GetProperty("plannedTrials").GetInt32());
        Assert.Equal(JsonValueKind.Null, sweep.GetProperty("best").ValueKind);
    }

    [Fact]
    public async Task List_ADivergedSweep_SaysNaN()
    {
        await dashboard.Silo.AddFinishedAsync("diverged-1", double.NaN);

        JsonElement sweep = (await dashboard.GetAsync("/api/sweeps")).EnumerateArray()
            .Single(entry => entry.GetProperty("id").GetString() == "diverged-1");

        Assert.Equal("NaN", sweep.GetProperty("best").GetString());
    }

    [Fact]
    public async Task Get_ASweep_HasItsTrialsAndItsFile()
    {
        string id = await dashboard.Silo.SubmitAsync("detailed");

        using JsonDocument detail = JsonDocument.Parse(await dashboard.UntilAsync(
            $"/api/sweeps/{id}", text => text.Contains($"{id}/0002", StringComparison.Ordinal)));

        JsonElement[] trials = [.. detail.RootElement.GetProperty("trials").EnumerateArray()];
        Assert.Equal(id, detail.RootElement.GetProperty("sweep").GetProperty("id").GetString());
        Assert.Equal([1, 2], trials.Select(trial => trial.GetProperty("number").GetInt32()));
        Assert.Equal(["0.01", "0.02"], trials.Select(trial => trial.GetProperty("parameters").GetProperty("lr").GetString()));
        Assert.Contains("name: detailed", detail.RootElement.GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByNameOrUnknown_IsNotFound()
    {
        await dashboard.Silo.SubmitAsync("named");

        foreach (string wrong in new[] { "named", "nowhere-1" })
        {
            using HttpResponseMessage response = await dashboard.Http.GetAsync($"/api/sweeps/{wrong}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains($"There is no sweep '{wrong}'", JsonDocument.Parse(await response.Content.ReadAsStringAsync())
                .RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("stop")]
    public async Task Steer_WithoutTheHeader_IsForbiddenAndChangesNothing(string verb)
    {
        string id = await dashboard.Silo.SubmitAsync($"foreign-{verb}");

        using HttpResponseMessage response = await dashboard.PostAsync($"/api/sweeps/{id}/{verb}", ownPage: false);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(SweepState.Running, await dashboard.Silo.StateAsync(id));
    }

    [Fact]
    public async Task Steer_FromItsOwnPage_PausesResumesAndStops()
    {
        string id = await dashboard.Silo.SubmitAsync("steered");

        Assert.Equal("paused", await SteerAsync(id, "pause"));
        Assert.Equal(SweepState.Paused, await dashboard.Silo.StateAsync(id));
        Assert.Equal("running", await SteerAsync(id, "resume"));
        Assert.Equal("stopped", await SteerAsync(id, "stop"));
        Assert.Equal(SweepState.Stopped, await dashboard.Silo.StateAsync(id));
    }

    [Fact]
    public async Task Steer_AnUnknownSweep_IsNotFound()
    {
        using HttpResponseMessage response = await dashboard.PostAsync("/api/sweeps/nowhere-1/stop", ownPage: true);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string?> SteerAsync(string id, string verb)
    {
        using HttpResponseMessage response = await dashboard.PostAsync($"/api/sweeps/{id}/{verb}", ownPage: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument sweep = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return sweep.RootElement.GetProperty("state").GetString();
    }
}
