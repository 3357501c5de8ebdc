using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Granary.Trainer.Collectives;

/// <summary>
/// Memory for the server's sockets in blocks of 32 KiB. Kestrel's own are 4 KiB, and it fills one with each system call: on a stream of
/// tensors that was a third of the server's processor time.
/// </summary>
internal sealed class LaneMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 32 << 10;

    // What the streams of a rank hold at once; more is left to the collector.
    private const int MostKept = 512;

    private readonly Lock _lock = new();
    private readonly Stack<Block> _free = [];

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockBytes;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        lock (_lock)
        {
            if (_free.TryPop(out var block)) return block;
        }

        return new Block(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Shared by the server's parts, each of which disposes of what it created; the blocks go with the pool itself.
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            if (_free.Count < MostKept) _free.Push(block);
        }
    }

    // Pinned: sockets read into it.
    private sealed class Block(LaneMemory pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}
