using Microsoft.Extensions.Options;

namespace Granary.Grains;

internal sealed class FleetOptionsValidator : IValidateOptions<FleetOptions>
{
    public ValidateOptionsResult Validate(string? name, FleetOptions options)
    {
        var mistakes = new List<string>();
        if (options.HeartbeatInterval <= TimeSpan.Zero)
            mistakes.Add($"Fleet:HeartbeatInterval is {options.HeartbeatInterval}; it must be above 0.");
        if (options.LostAfter < options.HeartbeatInterval * 2)
            mistakes.Add($"Fleet:LostAfter is {options.LostAfter}; it must be at least two heartbeats, {options.HeartbeatInterval * 2}.");
        if (options.DrainGrace <= TimeSpan.Zero)
            mistakes.Add($"Fleet:DrainGrace is {options.DrainGrace}; it must be above 0.");
        if (options.SubscriptionLife <= TimeSpan.Zero)
            mistakes.Add($"Fleet:SubscriptionLife is {options.SubscriptionLife}; it must be above 0.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
