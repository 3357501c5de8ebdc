namespace Granary.Trainer.Models;

/// <summary>What a network is built for; it comes from the data set.</summary>
/// <param name="Channels">Channels of a picture.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Size">Height and width of a picture, in pixels.</param>
internal readonly record struct ModelShape(int Channels, int Classes, int Size);
