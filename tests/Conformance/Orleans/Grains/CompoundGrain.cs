namespace Granary.Conformance.Orleans.Tests;

public sealed class CompoundGrain : Grain, ICompoundGrain
{
    public Task<(string Id, long Key, string? Extension)> WhoAsync()
    {
        long key = this.GetPrimaryKeyLong(out string? extension);
        return Task.FromResult((IdentityString, key, extension));
    }
}
