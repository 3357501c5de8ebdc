namespace Granary.Conformance.Orleans.Tests;

public interface ITwiceGrain : IGrainWithStringKey
{
    Task<string> CallAsync();
}
