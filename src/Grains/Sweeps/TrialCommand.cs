namespace Granary.Grains.Sweeps;

/// <summary>What a sweep owes a trial.</summary>
[GenerateSerializer, Alias("granary.TrialCommand")]
internal enum TrialCommand
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To be made.</summary>
    Create = 1,

    /// <summary>To give its devices back and wait.</summary>
    Pause = 2,

    /// <summary>To go on.</summary>
    Resume = 3,

    /// <summary>To end.</summary>
    Stop = 4,
}
