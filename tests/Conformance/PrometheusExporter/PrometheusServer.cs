using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>A real Prometheus (Debian's package) that scrapes one target every second, on a free port, in a directory of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("granary-prometheus-");
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusServer(Uri target, int port)
    {
        string config = Path.Combine(_home.FullName, "prometheus.yml");
        File.WriteAllText(config, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: granary
                static_configs: [ { targets: [ "{{target.Authority}}" ] } ]
            """);
        _process = Process.Start(new ProcessStartInfo("prometheus")
        {
            ArgumentList =
            {
                $"--config.file={config}",
                $"--storage.tsdb.path={Path.Combine(_home.FullName, "data")}",
                $"--web.listen-address=127.0.0.1:{port}",
                "--log.level=error",
            },
            WorkingDirectory = _home.FullName,
        })!;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
    }

    public static PrometheusServer Start(Uri target)
    {
        // Prometheus does not tell which port it got for 0, so one is picked for it.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new PrometheusServer(target, port);
    }

    /// <summary>Asks until the query has a result that the condition accepts.</summary>
    public async Task<JsonElement> QueryUntilAsync(string query, Func<JsonElement, bool> accepts)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var path = new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative);
        string last = "no answer yet";
        while (!_process.HasExited && !deadline.IsCancellationRequested)
        {
            try
            {
                last = await _client.GetStringAsync(path, deadline.Token);
                var result = JsonDocument.Parse(last).RootElement.GetProperty("data").GetProperty("result");
                if (accepts(result))
                {
                    return result;
                }
            }
            catch (HttpRequestException notUp)
            {
                last = notUp.Message;
            }

            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        throw new TimeoutException($"{query}: not as expected after {Patience}; process ended: {_process.HasExited}; last answer: {last}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _home.Delete(recursive: true);
    }
}
