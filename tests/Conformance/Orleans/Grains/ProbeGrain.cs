using Orleans.Concurrency;

namespace Granary.Conformance.Orleans.Tests;

public sealed class ProbeGrain : Grain, IProbeGrain
{
    private int _sum;
    private Payload? _kept;

    public Task<string> GetActivationAsync() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<string> GetIdentityAsync() => Task.FromResult(this.GetGrainId().ToString());

    public async Task<int> AddAsync(int amount)
    {
        int before = _sum;
        await Task.Yield();
        _sum = before + amount;
        return _sum;
    }

    public Task<Payload> EchoAsync(Payload payload) => Task.FromResult(payload);

    public Task<byte[]> EchoBytesAsync(byte[] bytes) => Task.FromResult(bytes);

    public Task<object?> EchoObjectAsync(object? value) => Task.FromResult(value);

    public ValueTask<int> AddAllAsync(int a, int b, int c, int d, int e, int f, int g, int h, int i) => new(a + b + c + d + e + f + g + h + i);

    public Task KeepAsync(Payload payload)
    {
        _kept = payload;
        return Task.CompletedTask;
    }

    public Task<string> GetKeptNameAsync() => Task.FromResult(_kept!.Name);

    public Task KeepAsync(Immutable<Payload> payload) => KeepAsync(payload.Value);

    public Task<bool> IsKeptAsync(Immutable<Payload> payload) => Task.FromResult(ReferenceEquals(payload.Value, _kept));

    public Task ThrowAsync(string kind) => throw kind switch
    {
        "numbered" => new NumberedException("with a number", 42),
        "aggregate" => new AggregateException(new InvalidOperationException("one"), new ArgumentException("two")),
        "unknown" => MadeUpException.Create("nobody knows my type"),
        _ => new InvalidOperationException("as asked", new IOException("below")),
    };

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<bool> UnserializableAsync(Unserializable value) => Task.FromResult(value is not null);

    public Task<string> CallOtherAsync(IProbeGrain other) => other.GetIdentityAsync();

    public Task<IProbeGrain> SelfAsync() => Task.FromResult(this.AsReference<IProbeGrain>());
}
