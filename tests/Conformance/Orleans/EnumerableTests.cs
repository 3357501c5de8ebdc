namespace Granary.Conformance.Orleans.Tests;

[Collection(ClusterCollection.Name)]
public sealed class EnumerableTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enumerate_ToTheEnd_GivesAllItemsInOrder(bool remote)
    {
        List<int> items = [];
        await foreach (int item in Lab(remote, "all").CountAsync(1000, -1, CancellationToken.None))
            items.Add(item);
        Assert.Equal(Enumerable.Range(0, 1000), items);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enumerate_WhenTheGrainFails_GivesTheItemsBeforeAndThenTheException(bool remote)
    {
        List<int> items = [];
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int item in Lab(remote, "fails").CountAsync(1000, 7, CancellationToken.None))
                items.Add(item);
        });
        Assert.Equal("failed at 7", failure.Message);
        Assert.Equal(Enumerable.Range(0, 7), items);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enumerate_LeftEarly_EndsAtTheGrain(bool remote)
    {
        var grain = Lab(remote, "left");
        await foreach (int item in grain.CountAsync(int.MaxValue, -1, CancellationToken.None))
        {
            if (item == 10)
                break;
        }

        await Eventually.TrueAsync(async () => await grain.GetEnumerationsEndedAsync() == 1, "the grain's iterator ran its finally");
    }

    private ILabGrain Lab(bool remote, string key) => cluster.Factory(remote).GetGrain<ILabGrain>($"{key}-{remote}");
}
