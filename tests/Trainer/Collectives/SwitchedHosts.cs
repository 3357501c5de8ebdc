using System.ComponentModel;
using System.Diagnostics;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>
/// Hosts with a cable each to one switch: network namespaces of Linux. A process holds each of them, and ends when this process does, so
/// none is ever left behind.
/// </summary>
internal sealed class SwitchedHosts : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly List<Process> _holders = [];

    private Process Switch => _holders[0];

    /// <summary>Why there can be no such hosts here; null when there can.</summary>
    public static string? Missing()
    {
        try
        {
            // A plain container has neither the programs nor the right, and a small kernel no such devices.
            const string Try = "ip link add name switch type bridge && ip link add port type veth peer name cable";
            using var process = Start("unshare", "--net", "sh", "-c", Try);
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"Network namespaces cannot be made here: {said.Trim()}";
        }
        catch (Win32Exception e)
        {
            return $"Network namespaces cannot be made here: {e.Message}";
        }
    }

    /// <summary>Makes hosts that reach each other.</summary>
    /// <param name="count">How many.</param>
    public static async Task<SwitchedHosts> StartAsync(int count)
    {
        var hosts = new SwitchedHosts();
        try
        {
            await hosts.HoldAsync();
            await IpAsync(hosts.Switch, "link", "add", "name", "switch", "type", "bridge");
            await IpAsync(hosts.Switch, "link", "set", "switch", "up");
            for (var host = 0; host < count; host++) await hosts.AddAsync(host);
            return hosts;
        }
        catch
        {
            hosts.Dispose();
            throw;
        }
    }

    /// <summary>A host's address.</summary>
    /// <param name="host">From 0.</param>
    public static string Address(int host) => $"10.77.0.{host + 1}";

    /// <summary>What starts a program on a host.</summary>
    public ProcessStartInfo On(int host, string program, params string[] arguments) =>
        new("nsenter", ["-t", $"{_holders[1 + host].Id}", "--net", program, .. arguments]);

    /// <summary>Pulls a host's cable: what is sent vanishes, and nobody is told.</summary>
    public Task UnplugAsync(int host) => IpAsync(Switch, "link", "set", Port(host), "down");

    public void Dispose()
    {
        foreach (var holder in _holders)
        {
            if (!holder.HasExited) holder.Kill();
            holder.Dispose();
        }
    }

    private static string Port(int host) => $"port{host}";

    private async Task AddAsync(int host)
    {
        var holder = await HoldAsync();
        await IpAsync(Switch, "link", "add", Port(host), "type", "veth", "peer", "name", "cable", "netns", $"{holder.Id}");
        await IpAsync(Switch, "link", "set", Port(host), "master", "switch", "up");
        await IpAsync(holder, "address", "add", $"{Address(host)}/24", "dev", "cable");
        await IpAsync(holder, "link", "set", "cable", "up");
        await IpAsync(holder, "link", "set", "lo", "up");
    }

    // It ends with its input, so at the latest with this process; its line says that it has its namespace.
    private async Task<Process> HoldAsync()
    {
        var holder = Process.Start(new ProcessStartInfo("unshare", ["--net", "sh", "-c", "echo ready && exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _holders.Add(holder);
        Assert.Equal("ready", await holder.StandardOutput.ReadLineAsync().WaitAsync(Deadline));
        return holder;
    }

    private static async Task IpAsync(Process holder, params string[] arguments)
    {
        using var process = Start("nsenter", ["-t", $"{holder.Id}", "--net", "ip", .. arguments]);
        var said = await process.StandardError.ReadToEndAsync().WaitAsync(Deadline);
        await process.WaitForExitAsync().WaitAsync(Deadline);
        Assert.True(process.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {said}");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
}
