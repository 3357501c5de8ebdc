namespace Granary.Benchmarks.Engine;

public interface IBenchGrain : IGrainWithIntegerKey
{
    Task<int> AddAsync(int value);

    /// <summary>Writes a state to memory.</summary>
    Task WriteAsync(int value);

    /// <summary>Writes a state to the silo's own storage, and returns when it is on the disk.</summary>
    Task WriteToDiskAsync(int value);

    Task<byte[]> EchoAsync(byte[] bytes);
}
