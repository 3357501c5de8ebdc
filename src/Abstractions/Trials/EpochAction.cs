namespace Granary.Trials;

/// <summary>How a trial goes on after an epoch.</summary>
[GenerateSerializer, Alias("granary.EpochAction")]
public enum EpochAction
{
    /// <summary>The next epoch.</summary>
    Continue = 1,

    /// <summary>Leave; go on later from this epoch's checkpoint.</summary>
    Pause = 2,

    /// <summary>The trial is over.</summary>
    Stop = 3,
}
