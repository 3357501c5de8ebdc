namespace Granary.Trainer.Tests.Parallel;

/// <summary>Where in a run a rank is lost.</summary>
public enum LossPhase
{
    /// <summary>Its forward is done, and normalisations have moved their statistics.</summary>
    Forward,

    /// <summary>Its backward is done, and its first gradients have left.</summary>
    Backward,

    /// <summary>It has made the step, which others may still have to make.</summary>
    Step,

    /// <summary>The others compute the validation, with the averaged weights in place.</summary>
    Validation,

    /// <summary>Rank 0 reports the epoch.</summary>
    Report,
}
