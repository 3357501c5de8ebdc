namespace Granary.Benchmarks.Train;

/// <summary>What both sides are told.</summary>
/// <param name="Threads">Threads of libtorch.</param>
/// <param name="ChannelsLast">Channels-last memory order.</param>
/// <param name="Bf16">Convolutions and products in bfloat16.</param>
internal sealed record Setup(int Threads, bool ChannelsLast, bool Bf16);
