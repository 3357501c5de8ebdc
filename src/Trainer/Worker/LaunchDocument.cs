using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Trainer.Collectives;
using Granary.V1;

namespace Granary.Trainer.Worker;

/// <summary>
/// What a worker is told when it starts: one line of JSON on its standard input, never its arguments, for it holds the ring's secret.
/// </summary>
internal sealed partial record LaunchDocument
{
    /// <summary>Folder in <see cref="Folder"/> for the checkpoints that the run writes.</summary>
    public const string CheckpointFolder = "checkpoints";

    /// <summary>Folder in <see cref="Folder"/> for the checkpoint that the run goes on from.</summary>
    public const string ResumeFolder = "resume";

    /// <summary>The trial's id.</summary>
    public required string Trial { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>This worker's rank, from 0.</summary>
    public required int Rank { get; init; }

    /// <summary>Counts the rank's workers within the attempt, from 0: this one takes the place of those before.</summary>
    public int Start { get; init; }

    /// <summary>
    /// The ring that this worker joins. 0, the attempt's first: it begins at <see cref="Checkpoint"/>. Greater: it takes a lost rank's place,
    /// and goes on from where rank 0 stands.
    /// </summary>
    public int Ring { get; init; }

    /// <summary>Ranks of the attempt.</summary>
    public required int WorldSize { get; init; }

    /// <summary>true: the one GPU that the environment shows; false: the CPU.</summary>
    public required bool Cuda { get; init; }

    /// <summary>Threads that one operation may use.</summary>
    public required int Threads { get; init; }

    /// <summary>The run, as JSON.</summary>
    public required string Run { get; init; }

    /// <summary>Where to go on from; null: from the start.</summary>
    public LaunchCheckpoint? Checkpoint { get; init; }

    /// <summary>Known to the ranks of this attempt alone.</summary>
    public required string Secret { get; init; }

    /// <summary>The silo's address, http://host:port; null when <see cref="SiloFile"/> is given.</summary>
    public string? Silo { get; init; }

    /// <summary>The file in which the silo says where it is; null when <see cref="Silo"/> is given.</summary>
    public string? SiloFile { get; init; }

    /// <summary>Host at which the other ranks reach this node.</summary>
    public required string Address { get; init; }

    /// <summary>Files for mutual TLS between ranks; null: none.</summary>
    public RingCertificates? Certificates { get; init; }

    /// <summary>Folder of this rank of this attempt.</summary>
    public required string Folder { get; init; }

    /// <summary>The worker as the wire names it.</summary>
    public RankId ToId() => new() { Trial = Trial, Attempt = Attempt, Rank = Rank, Start = Start };

    /// <summary>Writes the document as one line.</summary>
    public string Write() => JsonSerializer.Serialize(this, LaunchJson.Default.LaunchDocument);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The line.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static LaunchDocument Read(string json) =>
        JsonSerializer.Deserialize(json, LaunchJson.Default.LaunchDocument) ?? throw new JsonException("The launch document is null.");

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(LaunchDocument))]
    private sealed partial class LaunchJson : JsonSerializerContext;
}
