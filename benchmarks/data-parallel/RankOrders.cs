namespace Granary.Benchmarks.Ranks;

/// <summary>What a rank is told: one line of JSON.</summary>
/// <param name="Case">A name of <see cref="Train.TrainCase.All"/>.</param>
/// <param name="Rank">This rank, from 0.</param>
/// <param name="Ranks">Ranks.</param>
/// <param name="SharedMemory">Whether the ranks may use shared memory; else gRPC.</param>
/// <param name="Secret">Known to these ranks alone.</param>
internal sealed record RankOrders(string Case, int Rank, int Ranks, bool SharedMemory, string Secret);
