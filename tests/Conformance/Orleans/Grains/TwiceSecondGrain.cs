namespace Granary.Conformance.Orleans.Tests;

public sealed class TwiceSecondGrain : Grain, ITwiceGrain
{
    public Task<string> CallAsync() => Task.FromResult("second");
}
