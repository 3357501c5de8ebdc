namespace Granary.Trials;

/// <summary>Somebody spoke for an attempt that is no longer the current one: it must end.</summary>
[GenerateSerializer, Alias("granary.StaleAttemptException")]
public sealed class StaleAttemptException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which attempt spoke and which is the current one.</param>
    public StaleAttemptException(string message) : base(message)
    {
    }
}
