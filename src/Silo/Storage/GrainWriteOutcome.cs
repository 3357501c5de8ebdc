namespace Granary.Silo.Storage;

/// <summary>What became of a <see cref="GrainWrite"/>.</summary>
/// <param name="Written">It is stored; false: <paramref name="ETag"/> was not the expected one.</param>
/// <param name="ETag">The ETag that is stored now; null: nothing is stored.</param>
internal readonly record struct GrainWriteOutcome(bool Written, long? ETag);
