namespace Granary.Trainer.Models;

/// <summary>How one network of the catalogue is built.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Build">Builds it on the CPU, initialised from torch's generator.</param>
/// <param name="CpuOrder">The memory order of its convolutions on a CPU.</param>
internal sealed record ModelRecipe(string Name, Func<ModelShape, Network> Build, CpuOrder CpuOrder = CpuOrder.ChannelsLast);
