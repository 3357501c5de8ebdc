using Granary.Trainer.Models;

namespace Granary.Trainer.Explain;

/// <summary>A stage whose output has height and width.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Channels">Channels of its output.</param>
/// <param name="Height">Rows of a channel.</param>
/// <param name="Width">Columns of a channel.</param>
internal sealed record SpatialStage(Stage Stage, int Channels, int Height, int Width);
