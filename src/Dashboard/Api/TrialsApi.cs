using System.Globalization;
using Granary.Dashboard.Views;
using Granary.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Dashboard.Api;

/// <summary><c>/api/trials</c>: what a trial measured.</summary>
internal static class TrialsApi
{
    private const int MostPoints = 10_000;
    private const int MostSpreads = 1_000;

    public static void MapTrials(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/trials/{sweep}/{number:int:min(1)}");
        group.MapGet("/curves", CurvesAsync);
        group.MapGet("/spread", SpreadAsync);
    }

    private static async Task<Results<Ok<IReadOnlyList<PointView>>, ProblemHttpResult>> CurvesAsync(
        string sweep, int number, V1.Sweeps.SweepsClient client, CancellationToken cancellationToken, int points = 1_000, bool layers = false)
    {
        string trial = Id(sweep, number);
        try
        {
            CurvesReply reply = await client.CurvesAsync(
                new CurvesRequest { Trial = trial, Points = Math.Clamp(points, 2, MostPoints), Layers = layers }, cancellationToken: cancellationToken);
            return TypedResults.Ok<IReadOnlyList<PointView>>([.. reply.Steps.Select(WireViews.ToView)]);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return TypedResults.Problem($"There is no trial '{trial}'.", statusCode: StatusCodes.Status404NotFound);
        }
    }

    // A layer's name may hold any character, so it is no part of the path.
    private static async Task<Results<Ok<IReadOnlyList<SpreadView>>, ProblemHttpResult>> SpreadAsync(
        string sweep, int number, string layer, V1.Sweeps.SweepsClient client, CancellationToken cancellationToken,
        int points = 500, long after = 0)
    {
        var request = new LayerHistoryRequest
        {
            Trial = Id(sweep, number),
            Layer = layer,
            Points = Math.Clamp(points, 2, MostSpreads),
            AfterStep = after,
        };
        try
        {
            LayerHistoryReply reply = await client.LayerHistoryAsync(request, cancellationToken: cancellationToken);
            return TypedResults.Ok<IReadOnlyList<SpreadView>>([.. reply.Steps.Select(WireViews.ToView)]);
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            // The silo's own words: they name the nearest layer.
            int status = error.StatusCode == StatusCode.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            return TypedResults.Problem(error.Status.Detail, statusCode: status);
        }
    }

    private static string Id(string sweep, int number) => string.Create(CultureInfo.InvariantCulture, $"{sweep}/{number:D4}");
}
