namespace Granary.Specs;

/// <summary>The network and how it differs from the catalogue's layout.</summary>
public sealed record ModelSpec
{
    /// <summary>A name of <see cref="ModelCatalog"/>; null in a sweep whose space holds <c>model</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What the channels of convolutions are multiplied by, above 0 and at most 16; hidden linear layers keep their width.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Outputs, 1 to 100,000; null: the data set's classes.</summary>
    public int? Classes { get; init; }

    /// <summary>
    /// Channels of the pictures that the network sees, 1 to 16; null: the data set's. Grey pictures are repeated to 3 channels, coloured
    /// ones become grey for 1.
    /// </summary>
    public int? Channels { get; init; }

    /// <summary>A file of weights that the network starts from: safetensors, or PyTorch's <c>.pth</c>/<c>.pt</c> zip; null: drawn anew.</summary>
    public string? Pretrained { get; init; }

    /// <summary>
    /// What is not trained: <c>none</c>, <c>body</c> (all but the head, the last layer), or a stage's name: it and all before it.
    /// </summary>
    public string Freeze { get; init; } = "none";

    /// <summary>
    /// Outputs of a fresh last layer that replaces the one of <see cref="Pretrained"/>, 1 to 100,000; null: it keeps its own. Without
    /// pretrained weights it is the same as <see cref="Classes"/>.
    /// </summary>
    public int? Head { get; init; }

    /// <summary>
    /// Probability, in [0, 1), with which the network's dropouts zero a number while it trains; a layout without any gets one before its last
    /// linear layer. Null: the layout's own.
    /// </summary>
    public double? Dropout { get; init; }
}
