using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// What a rank other than the first is told when it starts: one line of JSON on its standard input, never its arguments, for it holds the
/// ring's secret. Each further line is everybody's endpoint in the next ring, separated by spaces.
/// </summary>
internal sealed partial record RankOrders
{
    /// <summary>This rank, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>Ranks.</summary>
    public required int Ranks { get; init; }

    /// <summary>Known to the ranks of this run alone.</summary>
    public required string Secret { get; init; }

    /// <summary>The run, as JSON.</summary>
    public required string Run { get; init; }

    /// <summary>true: the GPU that the environment shows first; false: the CPU.</summary>
    public required bool Cuda { get; init; }

    /// <summary>Threads that one operation may use on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>Manifest of the checkpoint that the run goes on from; null: from the start.</summary>
    public string? Manifest { get; init; }

    /// <summary>Counts the run's rings, from 0: in a later one it takes a lost rank's place, and hears from rank 0 where to go on.</summary>
    public int Ring { get; init; }

    /// <summary>Where this rank's part of the timeline goes; null: there is none.</summary>
    public string? Timeline { get; init; }

    /// <summary>Writes the orders as one line.</summary>
    public string Write() => JsonSerializer.Serialize(this, RankOrdersJson.Default.RankOrders);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The line.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static RankOrders Read(string json) =>
        JsonSerializer.Deserialize(json, RankOrdersJson.Default.RankOrders) ?? throw new JsonException("The orders of a rank are null.");

    [JsonSerializable(typeof(RankOrders))]
    private sealed partial class RankOrdersJson : JsonSerializerContext;
}
