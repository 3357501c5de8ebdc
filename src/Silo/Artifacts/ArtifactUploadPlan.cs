namespace Granary.Silo.Artifacts;

/// <summary>One upload.</summary>
/// <param name="Hash">The artifact's name.</param>
/// <param name="Partial">Where bytes are gathered.</param>
/// <param name="Final">Where the verified artifact goes.</param>
/// <param name="Bytes">The artifact's size.</param>
/// <param name="Offset">Where the upload begins; that much of <paramref name="Partial"/> is kept.</param>
internal sealed record ArtifactUploadPlan(ArtifactHash Hash, string Partial, string Final, long Bytes, long Offset);
