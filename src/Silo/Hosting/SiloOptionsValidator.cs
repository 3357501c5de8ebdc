using System.Net;
using Microsoft.Extensions.Options;

namespace Granary.Silo.Hosting;

/// <summary>Finds every mistake in the options before anything starts.</summary>
internal sealed class SiloOptionsValidator : IValidateOptions<SiloOptions>
{
    public ValidateOptionsResult Validate(string? name, SiloOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.State)) failures.Add("--state is empty; expected a folder.");
        CheckEndpoint(failures, "--grpc", options.Grpc);
        CheckEndpoint(failures, "--http", options.Http);
        if (!IPAddress.TryParse(options.Host, out _))
            failures.Add($"--host is '{options.Host}'; expected an IP address such as 127.0.0.1 or 0.0.0.0.");
        if (options.ClusterId.Length is < 1 or > 100)
            failures.Add($"--cluster-id has {options.ClusterId.Length} characters; expected 1 to 100.");
        CheckRange(failures, "--silo-port", options.SiloPort, 0, 65_535);
        CheckRange(failures, "--gateway-port", options.GatewayPort, 0, 65_535);
        CheckRange(failures, "--heartbeat-seconds", options.HeartbeatSeconds, 0.1, 60);
        CheckRange(failures, "--lost-seconds", options.LostSeconds, 0.5, 600);
        if (options.LostSeconds < 2 * options.HeartbeatSeconds)
        {
            failures.Add(FormattableString.Invariant(
                $"--lost-seconds is {options.LostSeconds}; expected two heartbeats at least, 2 x {options.HeartbeatSeconds}."));
        }

        CheckRange(failures, "--join-seconds", options.JoinSeconds, 1, 3_600);
        CheckRange(failures, "--stop-seconds", options.StopSeconds, 1, 300);
        CheckRange(failures, "--max-watchers", options.MaxWatchers, 1, 10_000);
        CheckRange(failures, "--max-steps-per-trial", options.MaxStepsPerTrial, 100, 10_000_000);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckEndpoint(List<string> failures, string option, string value)
    {
        if (!ListenAddress.TryParse(value, out _))
            failures.Add($"{option} is '{value}'; expected host:port, such as 127.0.0.1:7070, localhost:0 or 0.0.0.0:7070.");
    }

    private static void CheckRange(List<string> failures, string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            failures.Add(FormattableString.Invariant($"{option} is {value}; expected {least} to {most}."));
    }
}
