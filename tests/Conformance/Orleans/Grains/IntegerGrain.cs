namespace Granary.Conformance.Orleans.Tests;

public sealed class IntegerGrain : Grain, IIntegerGrain
{
    public Task<(string Id, long Key)> WhoAsync() => Task.FromResult((IdentityString, this.GetPrimaryKeyLong()));
}
