using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Granary.Silo.Hosting;

/// <summary>Reads a <c>host:port</c> to listen on.</summary>
internal static class ListenAddress
{
    /// <summary>Reads <paramref name="text"/>: an IP address or <c>localhost</c>, a colon and a port from 0 to 65,535.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return false;
        string host = text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host == "localhost") host = "127.0.0.1";
        if (IPAddress.TryParse(bracketed ? host[1..^1] : host, out IPAddress? address)
            && bracketed == (address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            endpoint = new IPEndPoint(address, port);
        }

        return endpoint is not null;
    }

    /// <summary>Reads what a validated option holds.</summary>
    /// <exception cref="FormatException">The text is not host:port.</exception>
    public static IPEndPoint Parse(string text) =>
        TryParse(text, out IPEndPoint? endpoint) ? endpoint : throw new FormatException($"'{text}' is not host:port.");

    /// <summary>The address that others are told: itself, or an address of this machine where it stands for all of them.</summary>
    public static IPAddress Advertised(IPAddress host) => host.Equals(IPAddress.Any)
        ? Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault(IPAddress.Loopback)
        : host;

    /// <summary>Where a client on this machine reaches what listens on <paramref name="endpoint"/>.</summary>
    public static IPEndPoint Local(IPEndPoint endpoint) => endpoint switch
    {
        { Address: var address } when address.Equals(IPAddress.Any) => new IPEndPoint(IPAddress.Loopback, endpoint.Port),
        { Address: var address } when address.Equals(IPAddress.IPv6Any) => new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port),
        _ => endpoint,
    };

    /// <summary>
    /// Ports that nobody listens on right now. Another process may take one before it is used: the bind then fails loudly.
    /// </summary>
    public static int[] FreePorts(IPAddress address, int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                var listener = new TcpListener(address, 0);
                listeners.Add(listener);
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
