namespace Granary.Grains.Trials;

/// <summary>Why the ranks of a gang are leaving.</summary>
[GenerateSerializer, Alias("granary.DrainCause")]
public enum DrainCause
{
    /// <summary>They are not.</summary>
    None = 0,

    /// <summary>They were asked to, or the trial has ended.</summary>
    Asked = 1,

    /// <summary>A worker failed.</summary>
    Failed = 2,

    /// <summary>A node was lost, or a worker left unasked with a checkpoint.</summary>
    Lost = 3,
}
