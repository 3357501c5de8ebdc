using System.Globalization;
using Granary.Benchmarks.Engine;

// Without arguments: a silo in this process, then a client in another. With a port: that client.
if (args is [var gateway]) await ClientBench.RunAsync(int.Parse(gateway, CultureInfo.InvariantCulture));
else await SiloBench.RunAsync();
