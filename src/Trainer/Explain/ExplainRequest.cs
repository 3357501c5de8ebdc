namespace Granary.Trainer.Explain;

/// <summary>What is to be shown of a checkpoint.</summary>
internal sealed record ExplainRequest
{
    /// <summary>The validation picture to explain, from 0; null: none.</summary>
    public int? Example { get; init; }

    /// <summary>The JPEG or PNG file to explain instead; null: none.</summary>
    public string? Image { get; init; }

    /// <summary>The whole validation set too: confusion matrix and most wrong pictures.</summary>
    public bool ValidationSet { get; init; }

    /// <summary>Layers to look into; empty: the first convolution and the last stage of each resolution.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The layer that Grad-CAM looks at; null: the last convolutional stage.</summary>
    public string? CamLayer { get; init; }

    /// <summary>The class that Grad-CAM explains, by name or number; null: the predicted one.</summary>
    public string? Class { get; init; }

    /// <summary>Maps of a layer at most.</summary>
    public int Maps { get; init; } = 64;

    /// <summary>Most wrong pictures at most.</summary>
    public int MostWrong { get; init; } = 25;
}
