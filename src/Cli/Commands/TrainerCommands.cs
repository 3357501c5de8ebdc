using System.CommandLine;
using Granary.Cli.Local;

namespace Granary.Cli.Commands;

/// <summary>
/// The commands that compute on this machine: the trainer has them, for they need torch, and this command becomes the trainer for them.
/// Their options and help are the trainer's own.
/// </summary>
internal static class TrainerCommands
{
    private static readonly (string Name, string Description)[] All =
    [
        ("bench", "Measure parts of Granary on this machine."),
        ("export", "Write a network's weights as a plain safetensors file."),
        ("models", "List the networks that a sweep file may name, or look at one's layers."),
        ("train", "Train one run of a sweep file on this machine, and watch it."),
        ("explain", "Draw what a checkpoint's network looks at, as PNG."),
        ("lr-find", "Find a learning rate for a run of a sweep file."),
    ];

    /// <summary>Their lines in the help.</summary>
    public static IEnumerable<Command> Create() => All.Select(entry => new Command(entry.Name, entry.Description));

    /// <summary>Becomes the trainer when the arguments name one of its commands; else does nothing.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="CliException">The trainer is not there.</exception>
    public static void Forward(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0 && All.Any(entry => entry.Name == arguments[0]))
        {
            ProgramReplacement.Become(Programs.Find("granary-trainer"), arguments);
        }
    }
}
