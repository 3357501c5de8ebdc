namespace Granary.Conformance.Orleans.Tests;

public interface IIntegerGrain : IGrainWithIntegerKey
{
    Task<(string Id, long Key)> WhoAsync();
}
