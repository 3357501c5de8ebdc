using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Explain;

/// <summary>What was found and written; <c>explain.json</c> beside the pictures.</summary>
internal sealed partial record ExplainReport
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "explain.json";

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Epochs that the checkpoint has behind it.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps that the checkpoint has behind it.</summary>
    public required long Step { get; init; }

    /// <summary>The picture that was explained; null: none.</summary>
    public string? Picture { get; init; }

    /// <summary>The picture's class; null when nobody knows.</summary>
    public string? TrueClass { get; init; }

    /// <summary>The most probable classes, the first first; empty without a picture.</summary>
    public IReadOnlyList<ClassProbability> Top { get; init; } = [];

    /// <summary>The class that the heat map speaks for; null without a picture.</summary>
    public string? HeatClass { get; init; }

    /// <summary>Share of the validation set classified rightly; null when it was not asked for.</summary>
    public double? ValidAccuracy { get; init; }

    /// <summary>Mean cross-entropy over the validation set; null when it was not asked for.</summary>
    public double? ValidLoss { get; init; }

    /// <summary>What the pictures do not show, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The pictures, in the order in which they are worth looking at.</summary>
    public IReadOnlyList<ExplainedPicture> Pictures { get; init; } = [];

    /// <summary>The report as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ExplainJson.Default.ExplainReport);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true)]
    [JsonSerializable(typeof(ExplainReport))]
    private sealed partial class ExplainJson : JsonSerializerContext;
}
