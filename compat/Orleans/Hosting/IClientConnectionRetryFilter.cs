namespace Orleans;

/// <summary>Decides whether a client tries again when its first connection fails.</summary>
public interface IClientConnectionRetryFilter
{
    /// <summary>Answers true to try again; it may wait before.</summary>
    /// <param name="exception">Why the attempt failed.</param>
    /// <param name="cancellationToken">Signalled when the host gives up.</param>
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
