namespace Granary.Trainer.Models;

/// <summary>What a network is built for; it comes from the data set.</summary>
/// <param name="Channels">Channels of a picture.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Size">Height and width of a picture, in pixels.</param>
internal readonly record struct ModelShape(int Channels, int Classes, int Size)
{
    /// <summary>What the channels of convolutions are multiplied by, above 0; hidden linear layers keep their width.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Probability, in [0, 1), of every dropout; a layout without any gets one before its logits. Null: the layout's own.</summary>
    public double? Dropout { get; init; }
}
