namespace Orleans.Configuration;

/// <summary>The gateways a client may connect to.</summary>
public class StaticGatewayListProviderOptions
{
    /// <summary>The gateways as <c>gwy.tcp://address:port/0</c>.</summary>
    public List<Uri> Gateways { get; set; } = [];
}
