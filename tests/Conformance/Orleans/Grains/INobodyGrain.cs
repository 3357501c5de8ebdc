namespace Granary.Conformance.Orleans.Tests;

public interface INobodyGrain : IGrainWithStringKey
{
    Task CallAsync();
}
