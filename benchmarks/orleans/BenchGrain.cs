
namespace Granary.Benchmarks.Orleans;

public sealed class BenchGrain([PersistentState("bench")] IPersistentState<BenchState> state) : Grain, IBenchGrain
{
    private int _sum;

    public Task<int> AddAsync(int value) => Task.FromResult(_sum += value);

    public Task WriteAsync(int value)
    {
        state.State.Value = value;
        return state.WriteStateAsync();
    }

    public Task<byte[]> EchoAsync(byte[] bytes) => Task.FromResult(bytes);
}
