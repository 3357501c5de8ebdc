using Granary.Catalog;
using Granary.Dashboard.Views;
using Granary.Pools;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Dashboard.Api;

/// <summary><c>/api/devices</c>: the devices of every pool and who holds them.</summary>
internal static class DevicesApi
{
    public static void MapDevices(this IEndpointRouteBuilder routes) => routes.MapGet("/api/devices", ListAsync);

    private static async Task<Ok<IReadOnlyList<DeviceView>>> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> pools = await grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListPoolsAsync(cancellationToken);
        PoolSnapshot[] snapshots = await Task.WhenAll(pools.Select(pool => grains.GetGrain<IPoolGrain>(pool).GetAsync(cancellationToken)));
        return TypedResults.Ok<IReadOnlyList<DeviceView>>([.. snapshots.SelectMany(pool => pool.Devices).Select(GrainViews.ToView)]);
    }
}
