using System.CommandLine;
using Granary.Trainer.Agent;
using Granary.Trainer.Link;
using Granary.Trainer.Tools;
using Granary.Trainer.Worker;

NativeMemory.Keep();
var root = new RootCommand("Trains Granary's trials: an agent per node, a worker per rank, and the tools that run on one machine.")
{
    AgentCommandLine.Create(),
    WorkerCommandLine.Create(),
};
IReadOnlyList<Command> tools = ToolCommands.All;
foreach (Command tool in tools)
    root.Subcommands.Add(tool);
if (args.Length > 0 && tools.Any(tool => tool.Name == args[0]))
    return await ToolRunner.RunAsync(root, args, Console.Error, CancellationToken.None);

// The commands handle signals themselves: ending means checkpoints first.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
