namespace Granary.Trainer.Pictures;

/// <summary>One picture of a sheet.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Caption">Lines of text below it; what is wider than a tile is cut.</param>
internal sealed record Tile(Canvas Picture, params IReadOnlyList<string> Caption);
