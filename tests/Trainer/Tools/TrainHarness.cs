using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Granary.Trainer.Tests.Data;

namespace Granary.Trainer.Tests.Tools;

/// <summary>Real processes of <c>train</c> on 75 pictures: 5 steps an epoch, the last one short.</summary>
internal sealed class TrainHarness : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];

    public TrainHarness(int epochs)
    {
        Directory.CreateDirectory(_folder.File("data"));
        IdxFiles.WriteFashionMnist(_folder.File("data"), train: 75, valid: 33);
        File.WriteAllText(RunFile, $$"""
            name: small
            model: { name: lenet-bn, dropout: 0.3 }
            data: { set: fashion-mnist, path: {{_folder.File("data")}}, batch: 16, flip: true, crop-padding: 3, rotate: 10 }
            train: { epochs: {{epochs}}, lr: 0.3, momentum: 0.9, weight-decay: 1e-4, schedule: one-cycle, seed: 11, watch-every: 2 }
            """);
    }

    public string RunFile => _folder.File("small.yaml");

    public string Folder(string name) => _folder.File(name);

    public Process Start(string folder, params string[] more)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "granary-trainer");
        string[] defaults =
        [
            .. new[] { "--device=cpu", "--threads=1" }.Where(option => !more.Any(own => own.StartsWith(option[..8], StringComparison.Ordinal))),
        ];
        string[] arguments = ["train", RunFile, "--out", Folder(folder), .. defaults, .. more];
        Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        })!;
        _processes.Add(process);
        return process;
    }

    public async Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] more) =>
        await EndAsync(Start(folder, more));

    public static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        string error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, error);
    }

    /// <summary>Reads standard output until so many epochs are reported.</summary>
    public static async Task AwaitEpochsAsync(Process process, int epochs)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        for (int i = 0; i < epochs; i++)
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(deadline.Token));
    }

    public string[] Weights(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Folder(folder), "checkpoints"), "*.safetensors").Order(StringComparer.Ordinal)];

    public string LastWeightsHash(string folder) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Weights(folder)[^1])));

    /// <summary>The history but for times and speeds, which no two runs share.</summary>
    public string[] History(string folder) =>
    [
        .. File.ReadLines(Path.Combine(Folder(folder), "history.jsonl")).Select(line =>
        {
            JsonElement epoch = JsonDocument.Parse(line).RootElement;
            return string.Join(' ', new[] { "epoch", "train-loss", "train-accuracy", "valid-loss", "valid-accuracy", "learning-rate" }
                .Select(name => epoch.GetProperty(name).GetRawText()));
        }),
    ];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        _folder.Dispose();
    }
}
