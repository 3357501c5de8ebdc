namespace Orleans;

/// <summary>A client of the cluster: in a silo, the silo's own; in another process, one connected to a gateway.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the host.</summary>
    IServiceProvider ServiceProvider { get; }
}
