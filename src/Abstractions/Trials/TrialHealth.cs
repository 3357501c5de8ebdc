namespace Granary.Trials;

/// <summary>How the layers of a trial's network do, in order of gravity. The numbers are those of the wire.</summary>
[GenerateSerializer, Alias("granary.TrialHealth")]
public enum TrialHealth
{
    /// <summary>Nobody looked.</summary>
    Unknown = 0,

    /// <summary>Nothing speaks against any layer.</summary>
    Healthy = 1,

    /// <summary>A layer's gradient has faded on the way from the later layers.</summary>
    Vanishing = 2,

    /// <summary>A layer's outputs grow and fall back to nothing again and again.</summary>
    Collapsing = 3,

    /// <summary>A layer's outputs are near zero and stay there.</summary>
    Dead = 4,

    /// <summary>A layer's outputs or gradients grow beyond all bounds, or are no numbers.</summary>
    Exploding = 5,
}
