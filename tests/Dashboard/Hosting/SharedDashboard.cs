namespace Granary.Dashboard.Tests.Hosting;

/// <summary>The tests that share one dashboard.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDashboard : ICollectionFixture<DashboardFixture>
{
    public const string Name = "dashboard";
}
