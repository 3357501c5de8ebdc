using Granary.Pools;

namespace Granary.Silo.Wire;

/// <summary>Commands to an agent, on the wire.</summary>
internal static class CommandMapping
{
    /// <summary>Starts a worker.</summary>
    public static V1.AgentCommand ToProto(RankLaunch launch) => new()
    {
        StartRank = new V1.StartRank
        {
            Id = ToProto(launch.Rank),
            WorldSize = launch.WorldSize,
            Device = launch.Device.Local,
            Run = launch.Run,
            Checkpoint = CheckpointMapping.ToProto(launch.Checkpoint),
            Secret = launch.Secret,
            Ring = launch.Ring,
        },
    };

    /// <summary>Ends a worker.</summary>
    public static V1.AgentCommand ToProto(RankStop stop) => new()
    {
        StopRank = new V1.StopRank { Id = ToProto(stop.Rank), Checkpoint = stop.Checkpoint },
    };

    private static V1.RankId ToProto(RankId rank) =>
        new() { Trial = rank.Attempt.Trial.ToString(), Attempt = rank.Attempt.Attempt, Rank = rank.Rank, Start = rank.Start };
}
