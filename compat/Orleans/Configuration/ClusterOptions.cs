namespace Orleans.Configuration;

/// <summary>Which cluster a silo or client belongs to. A gateway refuses clients of another one.</summary>
public class ClusterOptions
{
    /// <summary>The cluster's identity, <c>default</c> unless set.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service's identity, <c>default</c> unless set.</summary>
    public string ServiceId { get; set; } = "default";
}
