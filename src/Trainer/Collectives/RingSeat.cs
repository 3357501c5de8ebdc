using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// The receiving end of a lane: checks who the sender is, lets it in once, and hands out its chunks, which came over the stream or through
/// shared memory. A full inbox stops reading, and HTTP/2 flow control then stops the sender.
/// </summary>
/// <param name="member">This rank.</param>
/// <param name="from">The sending rank.</param>
/// <param name="stream">Which of the lane's streams ends here, from 0.</param>
/// <param name="streams">How many the lane has.</param>
/// <param name="health">Told when the sender is gone.</param>
/// <param name="options">Sizes and deadlines.</param>
internal sealed class RingSeat(RingMember member, int from, int stream, int streams, RingHealth health, RingOptions options)
    : ILaneReceiver
{
    private readonly LaneQueue<RingFrame?> _chunks = new(options.Slots, health);
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private volatile SharedMemoryReceiver? _memory;
    private RingFrame? _current;
    private int _taken;
    private volatile bool _spoke;

    /// <summary>The sending rank.</summary>
    public int From => from;

    /// <summary>Which of the lane's streams ends here, from 0.</summary>
    public int Stream => stream;

    /// <summary>Completes when the sender's stream is open.</summary>
    public Task Attached => _attached.Task;

    /// <summary>Cancelled when this rank leaves in order.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Whether chunks come through shared memory.</summary>
    public bool UsesSharedMemory => _memory is not null;

    /// <summary>Lets the sender in.</summary>
    /// <param name="hello">What the caller said first; the member admits it.</param>
    /// <returns>What to answer.</returns>
    /// <exception cref="RpcException">PERMISSION_DENIED: it does not fit this ring, or is here already.</exception>
    public RingHello Admit(RingHello hello)
    {
        if (hello.WorldSize != member.WorldSize)
        {
            throw Denied($"the caller counts {hello.WorldSize} ranks, this attempt has {member.WorldSize}");
        }

        if (Math.Max(1, hello.Streams) != streams) throw Denied($"the caller opens {hello.Streams} streams, this attempt's ranks open {streams}");
        if (hello.Wire != (uint)options.Wire) throw Denied($"the caller sends {(WireType)hello.Wire}, this attempt's ranks send {options.Wire}");
        if (Interlocked.Exchange(ref _taken, 1) != 0) throw Denied($"rank {from} already has this stream to rank {member.Rank}");
        if (stream == 0 && Open(hello.SharedMemory) is { } region) _memory = new SharedMemoryReceiver(region, from, member.Rank, health);
        _attached.TrySetResult();
        return new RingHello
        {
            Id = member.ToId(),
            WorldSize = member.WorldSize,
            SharedMemoryAccepted = _memory is not null,
            Wire = hello.Wire,
            Ring = member.Ring,
        };
    }

    /// <summary>Keeps a chunk, waiting for room.</summary>
    /// <param name="frame">What the sender sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no chunk, or one of an impossible size; the ring is then broken.</exception>
    public async ValueTask KeepAsync(RingFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Data.Length is 0 or > RingOptions.MaxChunkBytes)
        {
            var found = frame.Words is { Chunk: null } ? "no chunk" : $"a chunk of {frame.Words?.Chunk.Data.Length ?? frame.Data.Length} bytes";
            health.Fail($"{health.NameOf(from)} sent {found} to rank {member.Rank}, "
                + $"which expected chunks of 1 to {RingOptions.MaxChunkBytes} bytes.");
            throw new RpcException(new Status(StatusCode.InvalidArgument, health.Reason!));
        }

        _spoke = true;
        await _chunks.WaitForRoomAsync(cancellationToken);
        _chunks.Add(frame);
    }

    /// <summary>The sender has sent its last chunk.</summary>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _memory?.End();
        await _chunks.WaitForRoomAsync(cancellationToken);
        _chunks.Add(null);
    }

    /// <summary>
    /// The sender's stream broke. After its first chunk that breaks the ring. Before, the sender may only have given up waiting for the
    /// acknowledgement, and then it comes again.
    /// </summary>
    /// <param name="cause">How.</param>
    public void Lost(string cause)
    {
        if (_spoke || UsesSharedMemory) Break(cause);
        else _ = BreakUnlessBackAsync(cause);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(out ChunkPosition position, LaneWait wait)
    {
        if (_memory is { } memory) return memory.Receive(out position, wait);
        var (came, frame) = _chunks.Take(wait);
        if (!came)
        {
            throw health.Failed($"{health.NameOf(from)} sent nothing to rank {member.Rank} for {wait.Patience.TotalSeconds} s: it is stuck.");
        }

        if (frame is null) throw health.Failed($"{health.NameOf(from)} left the ring while rank {member.Rank} still waited for it.");
        _current = frame;
        position = frame.Position;
        return frame.Data;
    }

    /// <inheritdoc/>
    public void Release()
    {
        if (_memory is { } memory)
        {
            memory.Release();
            return;
        }

        _current!.Release();
        _chunks.Free();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_memory is { } memory) await memory.DisposeAsync();
    }

    private SharedMemoryRegion? Open(SharedMemory? offered) =>
        offered is null || options.SharedMemoryFolder is not { } folder || !Futex.IsSupported
            ? null
            : SharedMemoryRegion.Open(folder, new SharedMemoryOffer(offered.Name, offered.Nonce.ToByteArray(), offered.Slots, offered.SlotBytes));

    private async Task BreakUnlessBackAsync(string cause)
    {
        Volatile.Write(ref _taken, 0);
        await Task.Delay(options.Silence, Closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Volatile.Read(ref _taken) == 0 && !Closing.IsCancellationRequested) Break(cause);
    }

    private void Break(string cause) => health.Fail($"{health.NameOf(from)} is gone: its connection to rank {member.Rank} broke ({cause}).");

    private static RpcException Denied(string why) => new(new Status(StatusCode.PermissionDenied, $"Not a sender of this ring: {why}."));
}
