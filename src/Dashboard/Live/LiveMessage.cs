namespace Granary.Dashboard.Live;

/// <summary>One event for the browsers: serialized once, sent to all.</summary>
/// <param name="Event">snapshot, summary, trial, metrics, ping or end.</param>
/// <param name="Json">Its data.</param>
internal sealed record LiveMessage(string Event, string Json);
