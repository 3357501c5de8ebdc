namespace Orleans.Configuration;

/// <summary>How a silo sends and takes calls.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How many requests may wait at one activation before more are refused; 0, the default, for no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }
}
