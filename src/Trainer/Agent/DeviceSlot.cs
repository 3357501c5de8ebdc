using Granary.V1;

namespace Granary.Trainer.Agent;

/// <summary>One device that the node offers: a GPU, or a set of cores.</summary>
/// <param name="Id">cuda:0 or cpu:1.</param>
/// <param name="Name">For people.</param>
/// <param name="MemoryBytes">Memory of a worker on it; 0 when unknown.</param>
/// <param name="Gpu">The GPU's index; null for a CPU slot.</param>
/// <param name="Cores">Cores that its worker is bound to; empty: all.</param>
/// <param name="Threads">Threads that its worker uses for an operation.</param>
internal sealed record DeviceSlot(string Id, string Name, long MemoryBytes, int? Gpu, IReadOnlyList<int> Cores, int Threads)
{
    /// <summary>The slot as the wire has it.</summary>
    public OfferedDevice ToOffer() => new() { Id = Id, Name = Name, MemoryBytes = MemoryBytes, Cores = CoreList.Format(Cores) };
}
