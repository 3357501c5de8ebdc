using System.Buffers;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>Numbers that are brought to page-locked main memory, summed over the ring's lanes, and taken back.</summary>
internal sealed class StagedValues : GpuValues
{
    private readonly nint _device;
    private readonly Memory<float> _main;
    private readonly MemoryHandle _address;
    private readonly GpuEvent _arrived;

    /// <summary>Numbers and the main memory that they pass through.</summary>
    /// <param name="lane">How this GPU reaches the other ranks.</param>
    /// <param name="device">Where they are on the GPU.</param>
    /// <param name="main">As many, page-locked; outlives this.</param>
    public StagedValues(GpuLane lane, nint device, Memory<float> main)
        : base(lane)
    {
        (_device, _main, _address, _arrived) = (device, main, main.Pin(), lane.Down.CreateEvent());
    }

    /// <inheritdoc/>
    public override long Bytes => _main.Length * (long)sizeof(float);

    private unsafe nint Main => (nint)_address.Pointer;

    /// <summary>They begin to come to main memory as soon as they are computed.</summary>
    public override void Send()
    {
        base.Send();
        Lane.Down.Follow(Computed);
        Lane.Down.CopyToMain(Main, _device, Bytes);
        Lane.Down.Mark(_arrived);
    }

    /// <inheritdoc/>
    public override void Sum(Action<Memory<float>> overLanes, LaneWait wait)
    {
        _arrived.Await(wait, Lane.ThrowIfBroken);
        overLanes(_main);
        Lane.Up.CopyToDevice(_device, Main, Bytes);
        Lane.Up.Mark(Summed);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _arrived.Dispose();
        _address.Dispose();
    }
}
