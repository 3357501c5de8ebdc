namespace Granary.Silo.Artifacts;

/// <summary>What kind of mistake an <see cref="ArtifactException"/> tells of.</summary>
internal enum ArtifactFault
{
    /// <summary>The request cannot be right.</summary>
    Invalid = 1,

    /// <summary>There is no such artifact.</summary>
    Missing = 2,

    /// <summary>The upload or download would begin beyond what is stored.</summary>
    OutOfRange = 3,

    /// <summary>The bytes do not hash to the name.</summary>
    Corrupt = 4,
}
