using System.CommandLine;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;
using Granary.Trainer.Tools;

namespace Granary.Trainer.Tests.Explain;

/// <summary>A small trained run, and the command that explains it.</summary>
public sealed class ExplainRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallRun _run = new() { Model = "lenet-relu" };

    /// <summary>The folder of its checkpoints.</summary>
    public string Checkpoints { get; private set; } = "";

    internal RunOutcome Outcome { get; private set; } = null!;

    internal RecordingObserver Observer { get; } = new();

    /// <summary>A folder that no test has used before.</summary>
    public string NewFolder() => _folder.File(Path.GetRandomFileName());

    public async Task InitializeAsync()
    {
        Outcome = await _run.RunAsync(Observer);
        Checkpoints = Path.GetDirectoryName(Outcome.Checkpoint!.WeightsPath)!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    /// <summary>Runs the command as the program does.</summary>
    public static async Task<(int Code, string Error)> ExplainAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        string[] all = ["explain", .. arguments, "--device", "cpu", "--threads", "1"];
        int code = await ToolRunner.RunAsync(new RootCommand { ExplainCommand.Create() }, all, error, CancellationToken.None);
        return (code, error.ToString().TrimEnd());
    }
}
