namespace Granary.Trainer.Agent;

/// <summary>A program and its first arguments.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record WorkerProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This program's own <c>worker</c> command.</summary>
    /// <exception cref="InvalidOperationException">The system does not say where this program is.</exception>
    public static WorkerProgram Own()
    {
        var file = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not say which program this is.");
        // Started as "dotnet granary-trainer.dll": the host needs the assembly's name again.
        var assembly = Environment.GetCommandLineArgs()[0];
        return Path.GetFileNameWithoutExtension(file) == "dotnet" ? new(file, [assembly, "worker"]) : new(file, ["worker"]);
    }
}
