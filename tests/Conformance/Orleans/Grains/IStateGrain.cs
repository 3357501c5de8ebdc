namespace Granary.Conformance.Orleans.Tests;

public interface IStateGrain : IGrainWithStringKey
{
    Task<string> GetActivationAsync();

    Task<(int Value, bool Exists, string? Etag)> GetAsync();

    Task SetAsync(int value);

    Task ClearAsync();

    Task ReadAsync();

    Task WriteBehindAsync(int value);

    Task DeactivateAsync();
}
