using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Pools;

/// <summary>A node's bookkeeping as pure steps: which workers it was told to run, how they ended, and which must be ended.</summary>
internal static class NodeLedger
{
    /// <summary>Workers that a node remembers after their end.</summary>
    public const int LongestMemory = 256;

    // 128 + SIGTERM, as a shell reports it.
    private const int TerminatedExitCode = 143;

    /// <summary>Workers that a node runs at most.</summary>
    public const int MostRanks = 1_024;

    /// <summary>The agent is there. A worker it does not run is lost if the command to start it was ever sent, and is started otherwise.</summary>
    /// <param name="state">The node.</param>
    /// <param name="hello">What the agent says.</param>
    /// <param name="undelivered">Workers whose start command was never sent.</param>
    public static NodeGrainState Attach(NodeGrainState state, NodeHello hello, IReadOnlySet<RankId> undelivered)
    {
        var running = hello.Running.ToHashSet();
        string why = hello.Session == state.Session ? "the agent came back without it" : "the agent was restarted";
        NodeRank[] ranks = state.Ranks
            .Select(rank => rank.Exit is null && !running.Contains(rank.Id) && !undelivered.Contains(rank.Id) ? Lose(rank, why) : rank)
            .ToArray();
        bool moved = state.Pool.Length > 0 && state.Pool != hello.Pool;
        return state with
        {
            Session = hello.Session,
            Pool = hello.Pool,
            FormerPool = moved ? state.Pool : state.FormerPool == hello.Pool ? "" : state.FormerPool,
            Devices = hello.Devices,
            Present = true,
            Ranks = ranks,
            Zombies = hello.Running.Where(id => !ranks.Any(rank => rank.Id == id && rank.Exit is null)).ToArray(),
        };
    }

    /// <summary>No agent has been there for too long: its workers count as ended.</summary>
    public static NodeGrainState Lose(NodeGrainState state, string why) => !state.Present && state.Ranks.All(rank => rank.Exit is not null)
        ? state
        : state with
        {
            Present = false,
            Ranks = state.Ranks.Select(rank => rank.Exit is null ? Lose(rank, why) : rank).ToArray(),
        };

    public static NodeGrainState Start(NodeGrainState state, RankLaunch launch)
    {
        if (Knows(state, launch.Rank))
            return state;
        if (state.Ranks.Count >= MostRanks)
            throw new InvalidOperationException($"Node {launch.Device.Node} runs {MostRanks} workers; {launch.Rank} must wait.");
        var rank = new NodeRank(launch.Rank, launch, Stop: null, Exit: null);
        return With(state, state.Present ? rank : Lose(rank, "its node is not connected"));
    }

    /// <summary>A worker must end; one whose start command was never sent has ended at once.</summary>
    public static NodeGrainState Stop(NodeGrainState state, RankStop stop, IReadOnlySet<RankId> undelivered)
    {
        NodeRank? rank = Find(state, stop.Rank);
        if (rank is null)
            return Watch(state, stop.Rank);
        if (rank.Exit is null && undelivered.Contains(stop.Rank))
            return With(state, rank with { Exit = new RankExit(stop.Rank, TerminatedExitCode, "it was stopped before it started", NodeLost: false) });
        bool softer = rank.Stop is { Checkpoint: false } && stop.Checkpoint;
        return rank.Exit is not null || rank.Stop == stop || softer ? state : With(state, rank with { Stop = stop });
    }

    /// <summary>A trial believes that a worker runs: if the node does not know it, the trial learns that it is lost.</summary>
    public static NodeGrainState Watch(NodeGrainState state, RankId id) => Find(state, id) is not null
        ? state
        : With(state, Lose(new NodeRank(id, Launch: null, Stop: null, Exit: null), "its node does not know it"));

    public static NodeGrainState Exited(NodeGrainState state, RankExit exit)
    {
        NodeGrainState without = state with { Zombies = state.Zombies.Where(zombie => zombie != exit.Rank).ToArray() };
        if (Find(state, exit.Rank) is NodeRank rank)
            return rank.Exit is null ? With(without, rank with { Exit = exit }) : without;
        return state.Ended.Contains(exit.Rank) ? without : With(without, new NodeRank(exit.Rank, Launch: null, Stop: null, exit));
    }

    /// <summary>The trial knows how the worker ended.</summary>
    public static NodeGrainState Acknowledged(NodeGrainState state, RankId id) => state with
    {
        Ranks = state.Ranks.Where(rank => rank.Id != id).ToArray(),
        Ended = state.Ended.Where(ended => ended != id).Append(id).TakeLast(LongestMemory).ToArray(),
    };

    private static bool Knows(NodeGrainState state, RankId id) => Find(state, id) is not null || state.Ended.Contains(id);

    private static NodeRank? Find(NodeGrainState state, RankId id) => state.Ranks.FirstOrDefault(rank => rank.Id == id);

    private static NodeRank Lose(NodeRank rank, string why) => rank with { Exit = new RankExit(rank.Id, -1, why, NodeLost: true) };

    private static NodeGrainState With(NodeGrainState state, NodeRank rank) => state with
    {
        Ranks = state.Ranks.Where(other => other.Id != rank.Id).Append(rank).ToArray(),
    };
}
