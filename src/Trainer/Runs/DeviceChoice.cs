namespace Granary.Trainer.Runs;

/// <summary>What a rank computes on. A worker sees one GPU only (<c>CUDA_VISIBLE_DEVICES</c>), so its index is not chosen here.</summary>
/// <param name="Cuda">true: the visible GPU; false: the CPU.</param>
/// <param name="Threads">Threads that one operation may use on the CPU, at least 1. The same number gives the same bits.</param>
internal sealed record DeviceChoice(bool Cuda, int Threads);
