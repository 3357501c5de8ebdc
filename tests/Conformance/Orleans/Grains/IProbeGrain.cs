using Orleans.Concurrency;

namespace Granary.Conformance.Orleans.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    Task<string> GetActivationAsync();

    Task<string> GetIdentityAsync();

    Task<int> AddAsync(int amount);

    Task<Payload> EchoAsync(Payload payload);

    Task<byte[]> EchoBytesAsync(byte[] bytes);

    Task<object?> EchoObjectAsync(object? value);

    ValueTask<int> AddAllAsync(int a, int b, int c, int d, int e, int f, int g, int h, int i);

    Task KeepAsync(Payload payload);

    Task<string> GetKeptNameAsync();

    Task KeepAsync(Immutable<Payload> payload);

    Task<bool> IsKeptAsync(Immutable<Payload> payload);

    Task ThrowAsync(string kind);

    Task DeactivateAsync();

    Task<bool> UnserializableAsync(Unserializable value);

    Task<string> CallOtherAsync(IProbeGrain other);

    Task<IProbeGrain> SelfAsync();
}
