namespace Granary.Sweeps;

/// <summary>A sweep file that cannot be run; the message lists every mistake, one a line.</summary>
[GenerateSerializer, Alias("granary.SweepFileException")]
public sealed class SweepFileException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Every mistake, one a line.</param>
    public SweepFileException(string message) : base(message)
    {
    }
}
