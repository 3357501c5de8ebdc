using System.Net;

namespace Granary.Silo.Hosting;

/// <summary>The ports that the silo takes for other silos and for grain clients.</summary>
/// <param name="Silo">Between silos.</param>
/// <param name="Gateway">Grain clients.</param>
internal readonly record struct SiloPorts(int Silo, int Gateway)
{
    /// <summary>What was asked for; free ones where nothing was.</summary>
    public static SiloPorts Choose(SiloOptions options)
    {
        int[] free = ListenAddress.FreePorts(IPAddress.Parse(options.Host), 2);
        return new SiloPorts(options.SiloPort == 0 ? free[0] : options.SiloPort, options.GatewayPort == 0 ? free[1] : options.GatewayPort);
    }
}
