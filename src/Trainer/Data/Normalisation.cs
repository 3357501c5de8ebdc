namespace Granary.Trainer.Data;

/// <summary>How bytes become numbers: <c>(byte / 255 - Mean) / StandardDeviation</c>, the same for every channel.</summary>
/// <param name="Mean">Subtracted.</param>
/// <param name="StandardDeviation">Divided by, above 0.</param>
internal readonly record struct Normalisation(float Mean, float StandardDeviation)
{
    /// <summary>Numbers in [0, 1]: what the d2l text feeds its networks (torchvision's <c>ToTensor</c> alone).</summary>
    public static Normalisation UnitRange => new(0, 1);
}
