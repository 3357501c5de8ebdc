namespace Orleans.Configuration;

/// <summary>How calls are sent.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for the answer; 30 seconds unless set.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a request whose caller has given up is dropped when it has not started; true unless set.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Whether a request whose caller has waited in vain is told to cancel; true unless set.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;

    /// <summary>The largest message, in bytes; 100 MiB unless set.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;
}
