using System.Threading.Channels;
using Granary.Trainer.Link;
using Granary.Trainer.Worker;

namespace Granary.Trainer.Tools.Training;

/// <summary>What the first rank says to this one. When it says nothing more it is gone, and this process ends at once.</summary>
internal sealed class RankInput
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Starts to listen.</summary>
    /// <param name="input">Standard input, open for as long as the first rank lives.</param>
    public RankInput(TextReader input)
    {
        // A thread of its own: reads of a pipe block, and a busy thread pool must not delay the end.
        var thread = new Thread(() => Read(input)) { IsBackground = true, Name = "orders" };
        thread.Start();
    }

    /// <summary>The next line.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string> ReadAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);

    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
                _lines.Writer.TryWrite(line);
        }
        catch (IOException)
        {
            // A broken pipe says the same as its end.
        }

        Console.Error.WriteLine("The first rank is gone; this one ends.");
        NativeProcess.ExitNow(ExitCode.Orphaned);
    }
}
