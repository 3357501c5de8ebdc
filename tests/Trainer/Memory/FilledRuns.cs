using System.Diagnostics;
using System.Globalization;

namespace Granary.Trainer.Tests.Memory;

/// <summary>Computes the catalogue in two processes at once, whose new memory is filled with 0 and with 0xFF.</summary>
public sealed class FilledRuns : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("granary-filled-");
    private readonly Dictionary<string, (string[] Lines, string Errors)> _runs = [];

    public async Task InitializeAsync()
    {
        if (NativeCompiler.Path is not { } compiler)
            return;
        var library = Path.Combine(_folder.FullName, "fill.so");
        var source = Path.Combine(AppContext.BaseDirectory, "Memory", "fill.c");
        var compiled = await RunAsync(new ProcessStartInfo(compiler, ["-x", "c", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"]));
        Assert.True(File.Exists(library), compiled.Errors);
        string[] fills = ["0", "255"];
        var runs = await Task.WhenAll(fills.Select(fill => ComputeAsync(library, fill)));
        foreach (var (fill, run) in fills.Zip(runs))
            _runs.Add(fill, run);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What a run printed about a network.</summary>
    public string[] Of(string fill, string network) =>
        [.. _runs[fill].Lines.Where(line => line.StartsWith(network + " ", StringComparison.Ordinal))];

    /// <summary>Bytes of new memory that were filled in a run.</summary>
    public long FilledBytes(string fill)
    {
        var words = _runs[fill].Errors.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[Array.IndexOf(words, "filled") + 1], CultureInfo.InvariantCulture);
    }

    private static async Task<(string[] Lines, string Errors)> ComputeAsync(string library, string fill)
    {
        string[] arguments = ["bench", "digest", "--precision", "fp32", "--precision", "bf16", "--batch", "1", "--batch", "2", "--batch", "16"];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "granary-trainer"), arguments);
        start.Environment["LD_PRELOAD"] = library;
        start.Environment["GRANARY_FILL"] = fill;
        return await RunAsync(start);
    }

    private static async Task<(string[] Lines, string Errors)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{start.FileName} ended with {process.ExitCode}: {await errors}");
            return ((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
