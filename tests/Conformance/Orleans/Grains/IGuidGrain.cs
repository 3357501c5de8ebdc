namespace Granary.Conformance.Orleans.Tests;

public interface IGuidGrain : IGrainWithGuidKey
{
    Task<(string Id, Guid Key)> WhoAsync();
}
