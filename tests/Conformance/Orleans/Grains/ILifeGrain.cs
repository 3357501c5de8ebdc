namespace Granary.Conformance.Orleans.Tests;

public interface ILifeGrain : IGrainWithStringKey
{
    Task TouchAsync();

    Task HoldAsync();
}
