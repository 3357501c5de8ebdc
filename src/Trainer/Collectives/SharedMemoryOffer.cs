using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>What a sender tells the receiver about memory that both might reach.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Nonce">What the memory begins with: tells it from another machine's file of that name.</param>
/// <param name="Slots">Chunks that it holds.</param>
/// <param name="SlotBytes">Bytes of the largest chunk.</param>
internal sealed record SharedMemoryOffer(string Name, byte[] Nonce, int Slots, int SlotBytes)
{
    private const int MostSlots = 1_024;

    /// <summary>Whether a lane could look like this.</summary>
    public bool IsPlausible => Nonce.Length == SharedMemoryRegion.NonceBytes && Slots is >= 2 and <= MostSlots && BitOperations.IsPow2(Slots)
        && SlotBytes is >= 4 and <= RingOptions.MaxChunkBytes;
}
