using System.CommandLine;
using Granary.Specs;

namespace Granary.Trainer.Tools;

/// <summary>The file that a tool takes its run from, and the settings given beside it.</summary>
internal static class RunFile
{
    /// <summary>The file.</summary>
    public static Argument<FileInfo> File { get; } = new("file") { Description = "A sweep file, with or without a search; see docs/sweep-file.md." };

    /// <summary>The settings.</summary>
    public static Option<string[]> Settings { get; } = new("--set")
    {
        Description = "A setting that wins over the file's, such as --set lr=0.1; may be given again for another one.",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Reads the run; every mistake is written to standard error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">Each key=value.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">It cannot be read, or was refused.</exception>
    public static async Task<(string Name, RunSpec Run)> ReadAsync(
        FileInfo file, IReadOnlyList<string> settings, TextWriter error, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            if (file.Exists && file.Length > SweepFile.LongestText)
                throw new ToolException($"{file} has {file.Length} bytes; a sweep file has at most {SweepFile.LongestText}.");
            text = await System.IO.File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"cannot read the file: {failure.Message}");
        }

        RunFileResult result = SweepFile.ReadRun(text, file.ToString(), settings);
        if (result.Run is { } run)
            return (result.Name, run);
        foreach (SweepFileProblem problem in result.Problems)
            await error.WriteLineAsync(problem.ToString());
        throw new ToolException($"{file} was refused; nothing was started.");
    }
}
