namespace Granary.Silo.Hosting;

/// <summary>Stops the silo when standard input ends: whoever started it is gone, however that came about.</summary>
internal sealed partial class ParentWatch(IHostApplicationLifetime lifetime, ILogger<ParentWatch> logger)
{
    /// <summary>Reads standard input to its end, then stops the silo.</summary>
    /// <param name="input">Standard input.</param>
    public async Task RunAsync(Stream input)
    {
        byte[] ignored = new byte[256];
        try
        {
            while (await input.ReadAsync(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A terminal that went away ends like a closed pipe.
        }

        LogParentGone();
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Standard input has ended: whoever started this silo is gone. It stops.")]
    private partial void LogParentGone();
}
