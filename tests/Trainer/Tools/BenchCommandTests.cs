using System.Diagnostics;
using System.Text.Json;

namespace Granary.Trainer.Tests.Tools;

public sealed class BenchCommandTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task AllReduce_Json_IsOneObjectForEachLaneAndSize()
    {
        var lines = await RunAsync("--ranks", "2", "--bytes", "1K..64K", "--windows", "1", "--json");

        var results = lines.Select(line => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!).ToArray();
        Assert.All(results, result => Assert.Equal(["lane", "ranks", "bytes", "latency_us", "algbw_mb_s"], result.Keys));
        Assert.Equal(
            from lane in new[] { "shared-memory", "grpc" } from bytes in new[] { 1024, 4096, 16384, 65536 } select (lane, bytes),
            results.Select(result => (result["lane"].GetString()!, result["bytes"].GetInt32())));
        Assert.All(results, result =>
        {
            Assert.Equal(2, result["ranks"].GetInt32());
            // Bytes over microseconds are 10^6 bytes over seconds; both numbers are rounded to a tenth.
            var (latency, bandwidth) = (result["latency_us"].GetDouble(), result["algbw_mb_s"].GetDouble());
            Assert.Equal(result["bytes"].GetInt32() / latency, bandwidth, 0.051 + (0.051 * bandwidth / latency));
        });
    }

    [Fact]
    public async Task AllReduce_OverSeveralStreams_SaysHowMany()
    {
        var lines = await RunAsync("--ranks", "3", "--bytes", "1M", "--windows", "1", "--lane", "grpc", "--streams", "3", "--wire", "bf16", "--json");

        var result = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Assert.Single(lines))!;
        Assert.Equal(("grpc", "bf16", 3), (result["lane"].GetString(), result["wire"].GetString(), result["streams"].GetInt32()));
    }

    private static async Task<string[]> RunAsync(params string[] options)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "granary-trainer");
        var start = new ProcessStartInfo(program, ["bench", "allreduce", .. options]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
