namespace Granary.Benchmarks.Engine;

public sealed class BenchGrain(
    [PersistentState("bench", BenchGrain.Memory)] IPersistentState<BenchState> memory,
    [PersistentState("bench", BenchGrain.Sqlite)] IPersistentState<BenchState> sqlite) : Grain, IBenchGrain
{
    public const string Memory = "memory";
    public const string Sqlite = "sqlite";

    private int _sum;

    public Task<int> AddAsync(int value) => Task.FromResult(_sum += value);

    public Task WriteAsync(int value) => WriteAsync(memory, value);

    public Task WriteToDiskAsync(int value) => WriteAsync(sqlite, value);

    public Task<byte[]> EchoAsync(byte[] bytes) => Task.FromResult(bytes);

    private static Task WriteAsync(IPersistentState<BenchState> state, int value)
    {
        state.State.Value += value;
        return state.WriteStateAsync();
    }
}
