namespace Granary.Silo.Metrics;

/// <summary>What one attempt of a trial measured.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Steps">The steps; not changed any more by anybody.</param>
internal sealed record MetricBatch(AttemptId Attempt, IReadOnlyList<V1.StepMetrics> Steps);
