namespace Granary.Trainer.Health;

/// <summary>The bounds of the verdicts and where they come from. All of them are scale-free or far from what sound training shows.</summary>
internal static class Thresholds
{
    /// <summary>Samples that are judged: at the default of every 50th step, the last 3,200 steps.</summary>
    public const int Window = 64;

    /// <summary>Samples that a state must last.</summary>
    public const int Samples = 5;

    /// <summary>Steps that a state must last, however often is sampled: a network needs some to leave its initial weights.</summary>
    public const int Steps = 20;

    /// <summary>
    /// Share of outputs within 0.05 of zero from which a layer that no gradient reaches is dead. fastai's book (chapter 13) finds more than
    /// 90 % too many; sound deep ReLU layers come close to that.
    /// </summary>
    public const double DeadShare = 0.95;

    /// <summary>
    /// Share from which a layer is dead although some gradient still passes. LeNets with ReLU that end at 99 % accuracy had up to 98 % idle
    /// for dozens of steps, one that ended at 75 % had 99 %.
    /// </summary>
    public const double IdleShare = 0.999;

    /// <summary>
    /// Standard deviation above which a layer with <see cref="IdleShare"/> idle outputs is not merely small in scale: fastai's bound for
    /// near zero itself.
    /// </summary>
    public const double IdleDeviation = 0.05;

    /// <summary>A gradient this much smaller than the median layer's is none: the rounding of float32.</summary>
    public const double NoGradient = 1e-7;

    /// <summary>
    /// Standard deviation from which outputs that have grown explode. He et al. (arXiv:1502.01852) and Glorot and Bengio (2010) keep it
    /// near 1 from layer to layer; fastai's picture ends at 10; logits of an overfitted network reach some 20.
    /// </summary>
    public const double HighDeviation = 50;

    /// <summary>Growth within the window that goes with <see cref="HighDeviation"/>.</summary>
    public const double Growth = 10;

    /// <summary>Standard deviation from which outputs explode wherever they came from.</summary>
    public const double BeyondDeviation = 1_000;

    /// <summary>
    /// Update-to-weight ratio from which a layer's weights are thrown about rather than trained. Karpathy ("Neural Networks: Zero to Hero",
    /// and CS231n's notes on babysitting) finds about 1e-3 right.
    /// </summary>
    public const double WildUpdate = 0.5;

    /// <summary>Update-to-weight ratio below which a layer may be vanishing: a hundredth of what Karpathy finds right.</summary>
    public const double FaintUpdate = 1e-5;

    /// <summary>A gradient-to-weight ratio this much smaller than the later layers' median has faded (Glorot and Bengio 2010, figure 7).</summary>
    public const double FadedGradient = 1e-3;

    /// <summary>Factor of growth, and of fall, of the standard deviation that makes a rise and a collapse.</summary>
    public const double Swing = 4;

    /// <summary>
    /// Standard deviation that a rise must reach: the width of a bin of fastai's histogram, so that the picture shows it. Networks without
    /// normalisation that have not begun to learn swing far below, as a narrow VGG-11 does.
    /// </summary>
    public const double VisibleDeviation = 0.25;

    /// <summary>Rises and falls that make a layer collapsing: fastai's picture shows them repeating.</summary>
    public const int Collapses = 2;
}
