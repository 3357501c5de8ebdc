using System.CommandLine;
using Granary.Cli.Local;

namespace Granary.Cli.Commands;

/// <summary>The options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<Uri?> Silo { get; } = new("--silo")
    {
        Description = "The cluster's silo, such as http://silo:5201. Without it everything runs on this machine.",
        CustomParser = result => Address(result.Tokens[0].Value, result.AddError),
    };

    public static Option<string> State { get; } = new("--state")
    {
        Description = "Folder that keeps sweeps, metrics and checkpoints of this machine.",
        DefaultValueFactory = _ => ".granary",
    };

    public static Option<string> Devices { get; } = new("--devices")
    {
        Description = "This machine's devices: auto, cpu:N (N slots that share the cores), cuda:all, cuda:0,1.",
        DefaultValueFactory = _ => "auto",
    };

    public static Option<string> Http { get; } = new("--http")
    {
        Description = "Where the dashboard's pages are served.",
        DefaultValueFactory = _ => "127.0.0.1:5200",
    };

    public static Argument<string> Sweep { get; } = new("sweep") { Description = "A sweep's id, or its name: then the newest of that name." };

    public static StateFolder StateOf(ParseResult result) => new(Path.GetFullPath(result.GetValue(State)!));

    private static Uri? Address(string text, Action<string> addError)
    {
        string full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (Uri.TryCreate(full, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        addError($"--silo is '{text}'; expected an address such as http://silo:5201.");
        return null;
    }
}
