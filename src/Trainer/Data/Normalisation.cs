namespace Granary.Trainer.Data;

/// <summary>How the bytes of a channel become numbers: <c>(byte / 255 - Mean) / StandardDeviation</c>.</summary>
/// <param name="Mean">Subtracted; one for each channel, or one for all.</param>
/// <param name="StandardDeviation">Divided by, above 0; as many as <paramref name="Mean"/>.</param>
internal sealed record Normalisation(IReadOnlyList<float> Mean, IReadOnlyList<float> StandardDeviation)
{
    /// <summary>Numbers in [0, 1]: what the d2l text feeds its networks (torchvision's <c>ToTensor</c> alone).</summary>
    public static Normalisation UnitRange { get; } = new([0f], [1f]);

    /// <summary>Whether it is the same for every channel.</summary>
    public bool IsUniform => Mean.Count == 1;
}
