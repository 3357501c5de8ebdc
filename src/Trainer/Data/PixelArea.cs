namespace Granary.Trainer.Data;

/// <summary>A part of a picture, in whole pixels.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
internal readonly record struct PixelArea(int Left, int Top, int Right, int Bottom);
