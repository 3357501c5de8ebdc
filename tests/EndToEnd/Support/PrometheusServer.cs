using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Granary.EndToEnd.Tests.Support;

/// <summary>A real Prometheus that scrapes one target every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusServer(Process process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
    }

    public static PrometheusServer Start(string folder, Uri target)
    {
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: granary
                static_configs: [{ targets: ["{{target.Authority}}"] }]
            """);
        int port = FreePort();
        ProcessStartInfo start = new("/usr/bin/prometheus")
        {
            ArgumentList =
            {
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "prometheus")}",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"), "--log.level=error",
            },
        };
        return new PrometheusServer(Process.Start(start)!, port);
    }

    /// <summary>The value of an instant query's first series; null while there is none.</summary>
    public async Task<string?> QueryAsync(string expression)
    {
        try
        {
            JsonElement reply = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
            JsonElement result = reply.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() > 0 ? result[0].GetProperty("value")[1].GetString() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
