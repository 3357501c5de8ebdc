using System.CommandLine;

namespace Granary.Trainer.Tools;

/// <summary>The commands that a user runs on this machine without a silo; <c>granary</c> passes them on as they are.</summary>
internal static class ToolCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> All =>
    [
        ExportCommand.Create(),
        TrainCommand.Create(),
        TrainCommand.CreateRank(),
        LrFindCommand.Create(),
        BenchCommand.Create(),
        ExplainCommand.Create(),
        ModelsCommand.Create(),
    ];
}
