using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Parallel;

/// <summary>A run's state on its way between ranks, but for the bytes of its tensors, which follow in this order.</summary>
internal sealed partial record RunStateHeader
{
    /// <summary>The run, as <see cref="RunSpecJson"/> writes it: with the learning rate that was found.</summary>
    public required string Run { get; init; }

    /// <summary>Where it is.</summary>
    public required Position Position { get; init; }

    /// <summary>Sums over the running epoch's examples.</summary>
    public required RunningSums Sums { get; init; }

    /// <summary>The completed epochs.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>The last epoch, where it is not settled on all ranks.</summary>
    public PendingEpoch? Pending { get; init; }

    /// <summary>The tensors.</summary>
    public required IReadOnlyList<TensorShape> Tensors { get; init; }

    /// <summary>The header of a state.</summary>
    /// <param name="state">The state.</param>
    public static RunStateHeader Of(RunState state) => new()
    {
        Run = RunSpecJson.Write(state.Checkpoint.Run),
        Position = state.Checkpoint.Position,
        Sums = state.Checkpoint.Sums,
        History = state.Checkpoint.History,
        Pending = state.Pending,
        Tensors =
        [
            .. state.Checkpoint.Tensors.Select(pair => new TensorShape(pair.Key, pair.Value.Type, pair.Value.Shape, pair.Value.Data.Length)),
        ],
    };

    /// <summary>The state, with room for its tensors.</summary>
    public RunState ToState() => new(
        new CheckpointState
        {
            Run = RunSpecJson.Read(Run),
            Position = Position,
            Sums = Sums,
            History = History,
            Tensors = Tensors.ToDictionary(tensor => tensor.Name, tensor => new TensorData(tensor.Type, tensor.Shape, new byte[tensor.Bytes])),
        },
        Pending);

    /// <summary>The header's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, HeaderJson.Default.RunStateHeader);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The bytes.</param>
    /// <exception cref="JsonException">They are something else.</exception>
    public static RunStateHeader FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, HeaderJson.Default.RunStateHeader) ?? throw new JsonException("The state of a run is null.");

    /// <summary>A tensor without its bytes.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">As <see cref="TensorData.Type"/>.</param>
    /// <param name="Shape">Sizes of its dimensions.</param>
    /// <param name="Bytes">Bytes of its elements.</param>
    internal sealed record TensorShape(string Name, string Type, IReadOnlyList<long> Shape, int Bytes);

    // What an epoch measured may be infinite.
    [JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonSerializable(typeof(RunStateHeader))]
    private sealed partial class HeaderJson : JsonSerializerContext;
}
