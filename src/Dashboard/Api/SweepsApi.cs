using Granary.Catalog;
using Granary.Dashboard.Views;
using Granary.Sweeps;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Dashboard.Api;

/// <summary><c>/api/sweeps</c>: list, look at and steer sweeps.</summary>
internal static class SweepsApi
{
    private const int MostSweeps = 1_000;

    public static void MapSweeps(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/sweeps");
        group.MapGet("/", ListAsync);
        group.MapGet("/{id}", GetAsync);

        RouteGroupBuilder steering = group.MapGroup("/{id}").AddEndpointFilter<OwnPagesOnly>();
        steering.MapPost("/pause", (string id, IGrainFactory grains, CancellationToken token) => SteerAsync(id, grains, sweep => sweep.PauseAsync(token), token));
        steering.MapPost("/resume", (string id, IGrainFactory grains, CancellationToken token) => SteerAsync(id, grains, sweep => sweep.ResumeAsync(token), token));
        steering.MapPost("/stop", (string id, IGrainFactory grains, CancellationToken token) => SteerAsync(id, grains, sweep => sweep.StopAsync("stopped from the dashboard", token), token));
    }

    private static async Task<Ok<IReadOnlyList<SweepView>>> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepSummary> sweeps = await grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(MostSweeps, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<SweepView>>([.. sweeps.Select(GrainViews.ToView)]);
    }

    private static async Task<Results<Ok<SweepDetailView>, ProblemHttpResult>> GetAsync(
        string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.FindSweepAsync(id, cancellationToken) is { } sweep ? TypedResults.Ok(sweep.ToView()) : NoSweep(id);

    private static async Task<Results<Ok<SweepView>, ProblemHttpResult>> SteerAsync(
        string id, IGrainFactory grains, Func<ISweepGrain, Task<SweepSummary>> command, CancellationToken cancellationToken)
    {
        if (await grains.FindSweepAsync(id, cancellationToken) is null)
        {
            return NoSweep(id);
        }

        return TypedResults.Ok((await command(grains.GetGrain<ISweepGrain>(id))).ToView());
    }

    /// <summary>The sweep; null where the catalog knows none of that id, so that a wrong address wakes no grain.</summary>
    internal static async Task<SweepSnapshot?> FindSweepAsync(this IGrainFactory grains, string id, CancellationToken cancellationToken)
    {
        SweepSummary? known = await grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).FindAsync(id, cancellationToken);
        return known is null || known.Id.Value != id ? null : await grains.GetGrain<ISweepGrain>(id).GetAsync(cancellationToken);
    }

    internal static ProblemHttpResult NoSweep(string id) =>
        TypedResults.Problem($"There is no sweep '{id}'; the front page lists them.", statusCode: StatusCodes.Status404NotFound);
}
