using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Granary.Dashboard.Tests.Hosting;

/// <summary>What Grafana's dashboard and Prometheus' rules ask for is what the dashboard exports.</summary>
[Collection(SharedDashboard.Name)]
public sealed partial class DeployedQueriesTests
{
    [Theory]
    [InlineData("deploy/grafana/dashboards/granary-runs.json")]
    [InlineData("deploy/prometheus/rules.yml")]
    public async Task Series_OfADeployedFile_AreExported(string file)
    {
        HashSet<string> exported = [];
        using MeterListener listener = new();
        // A published instrument is reported again to every new listener.
        listener.InstrumentPublished = (instrument, _) => exported.Add(instrument.Name.Replace('.', '_'));
        listener.Start();

        string text = await File.ReadAllTextAsync(Path.Combine(Root(), file));
        string[] asked = [.. Series().Matches(text).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(exported));
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Granary.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder!;
    }

    [GeneratedRegex(@"\bgranary_\w+")]
    private static partial Regex Series();
}
