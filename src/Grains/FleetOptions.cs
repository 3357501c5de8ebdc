namespace Granary.Grains;

/// <summary>How patient the grains are.</summary>
public sealed class FleetOptions
{
    /// <summary>How often an agent shows that it lives.</summary>
    /// <value>2 s by default; above 0.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A node counts as lost after this long without a heartbeat, and its workers with it.</summary>
    /// <value>15 s by default; at least two heartbeats.</value>
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Workers that were asked to leave are ended after this long.</summary>
    /// <value>60 s by default: time to write and upload a large checkpoint; above 0.</value>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A subscription to a sweep ends after this long unless it is renewed.</summary>
    /// <value>3 min by default: two renewals of one minute may be lost; above 0.</value>
    public TimeSpan SubscriptionLife { get; set; } = TimeSpan.FromMinutes(3);
}
