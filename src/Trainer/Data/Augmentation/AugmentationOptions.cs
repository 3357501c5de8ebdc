using Granary.Specs;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>What happens to a training picture after it has been framed.</summary>
/// <param name="Flip">Mirrored left to right, half of the time.</param>
/// <param name="CropPadding">Shifted by up to this many pixels either way, zeros moving in: the same as padding and a random crop.</param>
/// <param name="Jitter">Brightness, contrast and saturation change by up to this share either way.</param>
/// <param name="Grayscale">Probability of becoming grey.</param>
internal sealed record AugmentationOptions(bool Flip, int CropPadding, double Jitter, double Grayscale)
{
    /// <summary>Whether nothing happens.</summary>
    public bool IsNone => !Flip && CropPadding == 0 && Jitter == 0 && Grayscale == 0;

    /// <summary>What a run asks for.</summary>
    /// <param name="spec">The data of the run.</param>
    public static AugmentationOptions Of(DataSpec spec) => new(spec.Flip, spec.CropPadding, spec.Jitter, spec.Grayscale);
}
