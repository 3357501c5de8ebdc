using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Insight;

/// <summary>The JSON of <see cref="LayerHistoryFile"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(ShortNumbers)])]
[JsonSerializable(typeof(WatchSample))]
internal sealed partial class LayerHistoryJson : JsonSerializerContext;
