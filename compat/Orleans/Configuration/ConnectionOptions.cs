namespace Orleans.Configuration;

/// <summary>How connections are made.</summary>
public class ConnectionOptions
{
    /// <summary>How long making a connection may take, with its greeting; 5 seconds unless set.</summary>
    public TimeSpan OpenConnectionTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time between attempts to connect; 1 second unless set.</summary>
    public TimeSpan ConnectionRetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
