namespace Granary.Conformance.Orleans.Tests;

public sealed class GuidGrain : Grain, IGuidGrain
{
    public Task<(string Id, Guid Key)> WhoAsync() => Task.FromResult((IdentityString, this.GetPrimaryKey()));
}
