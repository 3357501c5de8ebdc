using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tools.Bench;

/// <summary>What a rank of a measurement is told: one line of JSON.</summary>
internal sealed partial record BenchOrders
{
    /// <summary>This rank, from 0.</summary>
    public int Rank { get; init; }

    /// <summary>Ranks.</summary>
    public required int Ranks { get; init; }

    /// <summary>Where this rank listens: an address of its host that the others reach.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Known to the ranks of this measurement alone.</summary>
    public string Secret { get; init; } = "";

    /// <summary>A name of <see cref="BenchLane"/>.</summary>
    public required string Lane { get; init; }

    /// <summary>How numbers travel.</summary>
    public required WireType Wire { get; init; }

    /// <summary>Streams of a gRPC lane.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>Sizes of the tensor, in bytes.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Windows measured for each size.</summary>
    public required int Windows { get; init; }

    /// <summary>Writes the orders as one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OrdersJson.Default.BenchOrders);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The line.</param>
    public static BenchOrders FromJson(string json) =>
        JsonSerializer.Deserialize(json, OrdersJson.Default.BenchOrders) ?? throw new InvalidDataException("The orders of a rank are null.");

    [JsonSerializable(typeof(BenchOrders))]
    private sealed partial class OrdersJson : JsonSerializerContext;
}
