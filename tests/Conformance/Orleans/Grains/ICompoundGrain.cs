namespace Granary.Conformance.Orleans.Tests;

public interface ICompoundGrain : IGrainWithIntegerCompoundKey
{
    Task<(string Id, long Key, string? Extension)> WhoAsync();
}
