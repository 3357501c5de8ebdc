using System.CommandLine;
using System.Globalization;
using Granary.Cli.Local;
using Granary.V1;

namespace Granary.Cli.Commands;

/// <summary><c>granary sweep show SWEEP</c>, or <c>SWEEP/TRIAL</c>.</summary>
internal static class SweepShowCommand
{
    private static readonly Argument<(string Sweep, int? Trial)> Shown = new("sweep")
    {
        Description = "A sweep's id, or its name: then the newest of that name. With /NUMBER, such as lr-sweep-1/3, one of its trials.",
        CustomParser = result => Parse(result.Tokens[0].Value, result.AddError),
    };

    private static (string Sweep, int? Trial) Parse(string text, Action<string> addError)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return (text, null);
        if (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
            return (text[..slash], number);
        addError($"'{text}' names no trial; expected the sweep, a slash and the trial's number, such as {text[..slash]}/1.");
        return (text, null);
    }

    public static Command Create(CommandContext context)
    {
        Command command = new("show", "Show a sweep's leaderboard, or one of its trials with its layers.")
        {
            Shown,
            CommonOptions.Silo,
            CommonOptions.State,
        };
        command.SetAction(async (parsed, token) =>
        {
            StateFolder state = CommonOptions.StateOf(parsed);
            await using SiloConnection silo = await CommandContext.ConnectAsync(
                parsed.GetValue(CommonOptions.Silo), state, new LocalClusterOptions(Agent: false, Dashboard: false), token);
            (string name, int? trial) = parsed.GetValue(Shown);
            Sweep sweep = await silo.Sweeps.GetAsync(new SweepRequest { Sweep = name }, cancellationToken: token);
            await (trial is { } number
                ? TrialReport.WriteAsync(context, silo, sweep, number, token)
                : SweepReport.WriteAsync(context, silo, state, sweep, token));
            return ExitCodes.Done;
        });
        return command;
    }
}
