namespace Granary.Conformance.Orleans.Tests;

public sealed class TwiceFirstGrain : Grain, ITwiceGrain
{
    public Task<string> CallAsync() => Task.FromResult("first");
}
