using System.Text.Json;

namespace Granary.Dashboard.Views;

/// <summary>An explanation, as the web page receives it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="State">queued, running, done or failed.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
/// <param name="Report">What was found and drawn, as the trainer's <c>explain.json</c> has it; null before it is done.</param>
internal sealed record ExplanationView(string Id, string State, string Reason, JsonElement? Report);
