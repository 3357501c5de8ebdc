using Granary.Trainer.Collectives;
using Granary.Trainer.Link;

namespace Granary.Trainer.Agent;

/// <summary>What an agent is told when it starts.</summary>
internal sealed record AgentOptions
{
    /// <summary>Where the silo is.</summary>
    public required SiloLocation Silo { get; init; }

    /// <summary>The node's name, unique in the cluster.</summary>
    public required string Node { get; init; }

    /// <summary>The pool that its devices join.</summary>
    public required string Pool { get; init; }

    /// <summary>Which devices it offers; see <see cref="DevicePlan"/>.</summary>
    public required string Devices { get; init; }

    /// <summary>Host at which other nodes reach this node's workers.</summary>
    public required string Address { get; init; }

    /// <summary>Files for mutual TLS between this node's ranks and others; null: none.</summary>
    public RingCertificates? Certificates { get; init; }

    /// <summary>Folder for the workers' files.</summary>
    public required string Work { get; init; }

    /// <summary>The program of a worker.</summary>
    public required WorkerProgram Program { get; init; }

    /// <summary>Draws the session's name and the random parts of waits.</summary>
    public required int Seed { get; init; }

    /// <summary>How long a worker may take to leave a checkpoint before it is killed.</summary>
    public TimeSpan CheckpointGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the workers may take when the agent itself ends.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);
}
