namespace Granary.Grains.Pools;

/// <summary>How far a gang's placement has come.</summary>
[GenerateSerializer, Alias("granary.GangProgress")]
internal enum GangProgress
{
    /// <summary>Its devices are being leased.</summary>
    Leasing = 1,

    /// <summary>It holds all leases; its trial is being told.</summary>
    Telling = 2,

    /// <summary>Its trial knows.</summary>
    Held = 3,
}
