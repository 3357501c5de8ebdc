using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Tools.Bench;

/// <summary>One size on one lane.</summary>
/// <param name="Lane">A name of <see cref="BenchLane"/>.</param>
/// <param name="Wire">How numbers travelled; null: as they are.</param>
/// <param name="Streams">Streams of the lane; null: one.</param>
/// <param name="Ranks">Processes.</param>
/// <param name="Bytes">Bytes of the float32 tensor.</param>
/// <param name="LatencyUs">Median time of one all-reduce, in microseconds.</param>
/// <param name="AlgbwMbS">Algorithm bandwidth: the tensor's bytes over that time, in 10^6 bytes per second.</param>
internal sealed partial record BenchResult(
    [property: JsonPropertyName("lane")] string Lane,
    [property: JsonPropertyName("wire"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Wire,
    [property: JsonPropertyName("streams"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Streams,
    [property: JsonPropertyName("ranks")] int Ranks,
    [property: JsonPropertyName("bytes")] int Bytes,
    [property: JsonPropertyName("latency_us")] double LatencyUs,
    [property: JsonPropertyName("algbw_mb_s")] double AlgbwMbS)
{
    /// <summary>Writes the result as one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultJson.Default.BenchResult);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when the line is something else.</summary>
    /// <param name="json">The line.</param>
    public static BenchResult? FromJson(string json) => JsonSerializer.Deserialize(json, ResultJson.Default.BenchResult);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{(Streams is { } many ? $"{Lane} x{many}" : Lane),-13} {Wire ?? "fp32",-9} {Ranks,2} ranks {Bytes,11:#,0} bytes {LatencyUs,12:#,0.0} us {AlgbwMbS,10:#,0.0} MB/s");

    [JsonSerializable(typeof(BenchResult))]
    private sealed partial class ResultJson : JsonSerializerContext;
}
