namespace Granary.Cli.Local;

/// <summary>Which processes an embedded cluster has.</summary>
/// <param name="Agent">Start an agent, so that trials run.</param>
/// <param name="Dashboard">Start a dashboard.</param>
/// <param name="Devices">The agent's devices: auto, cpu:N, cuda:all, cuda:0,1.</param>
/// <param name="Http">Where the dashboard's pages are; another port is taken when this one is.</param>
internal sealed record LocalClusterOptions(bool Agent, bool Dashboard, string Devices = "auto", string Http = "127.0.0.1:5200");
