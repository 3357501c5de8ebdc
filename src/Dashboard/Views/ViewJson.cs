using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Dashboard.Views;

/// <summary>The JSON of every view. NaN and infinity, which a diverging run reports, travel as strings.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IReadOnlyList<SweepView>))]
[JsonSerializable(typeof(SweepDetailView))]
[JsonSerializable(typeof(IReadOnlyList<PointView>))]
[JsonSerializable(typeof(IReadOnlyList<DeviceView>))]
[JsonSerializable(typeof(MetricsView))]
[JsonSerializable(typeof(IReadOnlyList<SpreadView>))]
[JsonSerializable(typeof(ExplanationView))]
internal sealed partial class ViewJson : JsonSerializerContext;
