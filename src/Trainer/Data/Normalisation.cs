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

    /// <summary>
    /// The same for pictures whose channels were converted: repeated grey keeps its own; colour made grey takes the channels' ITU-R BT.601
    /// mix, which is exact for the mean and close for the deviation, channels being alike.
    /// </summary>
    /// <param name="stored">Channels of the stored pictures.</param>
    /// <param name="shown">Channels that the network sees.</param>
    public Normalisation For(int stored, int shown) =>
        stored == 3 && shown == 1 && !IsUniform ? new([Grey(Mean)], [Grey(StandardDeviation)]) : this;

    private static float Grey(IReadOnlyList<float> channels) => (0.299f * channels[0]) + (0.587f * channels[1]) + (0.114f * channels[2]);
}
