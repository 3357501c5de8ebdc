using System.Diagnostics;

namespace Granary.Dashboard.Explaining;

/// <summary>One run of the trainer as a child process, bounded in time.</summary>
internal static class TrainerRun
{
    private const int MostErrorCharacters = 2_000;

    /// <summary>Runs the trainer to its end.</summary>
    /// <param name="program">The trainer.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="ExplainException">It failed or took too long: the message is its own last line.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using Process process = Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            Task<string> error = ReadEndAsync(process.StandardError, deadline.Token);
            await Task.WhenAll(error, process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode != 0)
            {
                string line = LastLine(await error);
                throw new ExplainException(line.Length > 0 ? line : $"The trainer ended with status {process.ExitCode}.");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExplainException(
                $"The trainer took longer than {limit.TotalMinutes:0.##} minutes and was stopped. Try without the validation set.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                // Until it is gone it may still write into a folder that somebody wants to remove.
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ExplainException($"The trainer {program} cannot be started: {error.Message}");
        }
    }

    // However much it writes, the end is what tells.
    private static async Task<string> ReadEndAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        string end = "";
        char[] buffer = new char[1_024];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            end += new string(buffer, 0, read);
            end = end.Length > MostErrorCharacters ? end[^MostErrorCharacters..] : end;
        }

        return end;
    }

    private static string LastLine(string text)
    {
        string line = text.TrimEnd().Split('\n')[^1].Trim();
        const string Prefix = "granary: ";
        return line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : line;
    }
}
