using System.CommandLine;
using Granary.Trainer.Agent;
using Granary.Trainer.Tools;
using Granary.Trainer.Worker;

var root = new RootCommand("Trains Granary's trials: an agent per node, a worker per rank, and the tools that run on one machine.")
{
    AgentCommandLine.Create(),
    WorkerCommandLine.Create(),
};
foreach (Command tool in ToolCommands.All)
    root.Subcommands.Add(tool);

// The commands handle signals themselves: ending means checkpoints first.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
