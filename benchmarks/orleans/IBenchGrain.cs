namespace Granary.Benchmarks.Orleans;

public interface IBenchGrain : IGrainWithIntegerKey
{
    Task<int> AddAsync(int value);

    Task WriteAsync(int value);

    Task<byte[]> EchoAsync(byte[] bytes);
}
