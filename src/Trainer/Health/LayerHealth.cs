namespace Granary.Trainer.Health;

/// <summary>How a layer does, in order of gravity. The numbers are those of the wire.</summary>
internal enum LayerHealth
{
    /// <summary>Nothing speaks against it.</summary>
    Healthy = 1,

    /// <summary>Its gradient has faded on the way from the later layers: it does not learn.</summary>
    Vanishing = 2,

    /// <summary>Its outputs grow and fall back to nothing again and again.</summary>
    Collapsing = 3,

    /// <summary>Its outputs are near zero and stay there.</summary>
    Dead = 4,

    /// <summary>Its outputs or gradients grow beyond all bounds, or are no numbers any more.</summary>
    Exploding = 5,
}
