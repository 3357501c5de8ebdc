namespace Granary.Trainer.Models;

/// <summary>
/// The memory order in which a network's convolutions compute on a CPU where the run leaves it open. Channels-last is the rule:
/// libtorch 2.10 has kernels for the plain order (NCHW) that read memory which nobody has written, on processors with AVX-512
/// (docs/decisions/0005-memory-order.md).
/// </summary>
internal enum CpuOrder
{
    /// <summary>Channels-last; the plain order is there for those who ask for it.</summary>
    ChannelsLast = 0,

    /// <summary>The plain order, which is as clean for this network, and faster.</summary>
    Plain = 1,

    /// <summary>Channels-last; the plain order was seen to give wrong numbers and is refused.</summary>
    ChannelsLastOnly = 2,
}
