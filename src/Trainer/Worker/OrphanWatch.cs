using Granary.Trainer.Link;

namespace Granary.Trainer.Worker;

/// <summary>
/// Ends this process when its standard input ends: the agent that held the other side is gone, and nobody would stop this worker.
/// </summary>
internal static class OrphanWatch
{
    /// <summary>Starts to watch.</summary>
    /// <param name="input">Standard input, after the launch document.</param>
    public static void Start(TextReader input)
    {
        // A thread of its own: reads of a terminal or pipe block, and a busy thread pool must not delay the end.
        var thread = new Thread(() => Watch(input)) { IsBackground = true, Name = "orphan watch" };
        thread.Start();
    }

    private static void Watch(TextReader input)
    {
        try
        {
            while (input.Read() >= 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe says the same as its end.
        }

        Console.Error.WriteLine("The agent is gone; this worker ends, and its trial goes on from its last checkpoint.");
        NativeProcess.ExitNow(ExitCode.Orphaned);
    }
}
