using Granary.Trainer.Pictures;

namespace Granary.Trainer.Explain;

/// <summary>What a layer gave for one picture.</summary>
/// <param name="Layer">Its dotted name in the network.</param>
/// <param name="Shape">Channels, height, width; or features alone.</param>
/// <param name="Values">Row by row, channel by channel.</param>
internal sealed record LayerOutput(string Layer, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>Channels; 1 for features, which make up one map of one row.</summary>
    public int Channels => Shape.Count == 3 ? Shape[0] : 1;

    /// <summary>One channel.</summary>
    /// <param name="channel">From 0.</param>
    public FloatMap Map(int channel)
    {
        int width = Shape[^1];
        int height = Shape.Count == 3 ? Shape[1] : 1;
        return new FloatMap(width, height, Values[(channel * width * height)..((channel + 1) * width * height)]);
    }
}
