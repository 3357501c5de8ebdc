namespace Granary.Dashboard.Explaining;

/// <summary>An explanation cannot be made.</summary>
/// <param name="message">Why, and what to do: shown on the page.</param>
internal sealed class ExplainException(string message) : Exception(message);
