namespace Granary.Trainer.Learning;

/// <summary>What the time of a step goes to.</summary>
internal enum StepPhase
{
    /// <summary>Waiting for pictures.</summary>
    Load,

    /// <summary>Pictures to the device, network, loss and its numbers.</summary>
    Forward,

    /// <summary>Gradients; sums over the ranks run beside it.</summary>
    Backward,

    /// <summary>Sums over the ranks that backward did not cover, and waiting for slower ranks.</summary>
    Reduce,

    /// <summary>What looks at the gradients, and the optimizer.</summary>
    Update,
}
