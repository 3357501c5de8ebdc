namespace Granary.Dashboard.Views;

/// <summary>The verdict over a trial's layers.</summary>
/// <param name="Health">healthy, vanishing, collapsing, dead, exploding; unknown where nobody judged.</param>
/// <param name="Sentence">How many layers have it, and the first one's evidence; empty for a healthy trial.</param>
internal sealed record HealthView(string Health, string Sentence)
{
    /// <summary>The verdict where nobody judged, or one that only a newer silo knows.</summary>
    public const string Unknown = "unknown";
}
