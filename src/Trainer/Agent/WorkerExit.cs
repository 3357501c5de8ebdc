using Granary.V1;

namespace Granary.Trainer.Agent;

/// <summary>How a worker ended.</summary>
/// <param name="Rank">Which.</param>
/// <param name="Code">Its exit code; 128 + signal when killed.</param>
/// <param name="Error">The last lines of its standard error.</param>
internal sealed record WorkerExit(RankKey Rank, int Code, string Error)
{
    /// <summary>The exit as the wire has it.</summary>
    public AgentMessage ToMessage() => new() { RankExited = new RankExited { Id = Rank.ToId(), ExitCode = Code, Error = Error } };
}
