using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Checkpoints;

/// <summary>
/// The JSON beside a checkpoint's weights. Members are added, never renamed; <see cref="FormatVersion"/> rises when old readers would go
/// wrong.
/// </summary>
internal sealed partial record Manifest
{
    /// <summary>The version that this program writes, and the newest it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of this format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>The run, as <see cref="Specs.RunSpecJson"/> writes it.</summary>
    public required JsonElement Run { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Epochs completed.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches completed of the running epoch: the place in its order, which follows from the seed and the epoch.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Steps completed over the whole run: the place in the schedule, and what the random draws of the next step follow from.
    /// </summary>
    public required long Step { get; init; }

    /// <summary>Sums over the running epoch's examples.</summary>
    public required ManifestSums Sums { get; init; }

    /// <summary>The completed epochs.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>SHA-256 of the safetensors file, lower-case hex.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Size of the safetensors file.</summary>
    public required long WeightsBytes { get; init; }

    /// <summary>The manifest's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Context.Default.Manifest);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The bytes.</param>
    /// <exception cref="JsonException">They are not a manifest.</exception>
    public static Manifest FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.Default.Manifest) ?? throw new JsonException("A manifest is a JSON object; this is null.");

    // A validation loss may be infinite without the run having failed: it is written as a text, "Infinity".
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true)]
    [JsonSerializable(typeof(Manifest))]
    private sealed partial class Context : JsonSerializerContext;
}
