namespace Granary.Grains;

/// <summary>The grain storage that a silo must offer.</summary>
public static class GrainStorageNames
{
    /// <summary>The name under which every grain keeps its state.</summary>
    public const string Granary = "granary";
}
