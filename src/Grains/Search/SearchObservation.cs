namespace Granary.Grains.Search;

/// <summary>What a trial gave so far.</summary>
/// <param name="Parameters">Its point of the space.</param>
/// <param name="Best">Its best value of the objective; null before the first report.</param>
/// <param name="Finished">It will report nothing more.</param>
public sealed record SearchObservation(IReadOnlyDictionary<string, string> Parameters, double? Best, bool Finished);
