namespace Granary.Silo.Artifacts;

/// <summary>What is stored of an artifact.</summary>
/// <param name="Complete">Whole and verified.</param>
/// <param name="Bytes">Bytes stored: all of them, or those an interrupted upload left.</param>
internal readonly record struct ArtifactStat(bool Complete, long Bytes);
