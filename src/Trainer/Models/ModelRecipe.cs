namespace Granary.Trainer.Models;

/// <summary>How one network of the catalogue is built.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Build">Builds it on the CPU, initialised from torch's generator.</param>
internal sealed record ModelRecipe(string Name, Func<ModelShape, Network> Build);
