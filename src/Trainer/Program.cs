using System.CommandLine;
using Granary.Trainer.Agent;
using Granary.Trainer.Worker;

var root = new RootCommand("Trains Granary's trials: an agent per node, a worker per rank.")
{
    AgentCommandLine.Create(),
    WorkerCommandLine.Create(),
};

// Both commands handle signals themselves: ending means checkpoints first.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
