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

    public static void MapTrials(this IEndpointRouteBuilder routes) => routes.MapGet("/api/trials/{sweep}/{number:int:min(1)}/curves", CurvesAsync);

    private static async Task<Results<Ok<IReadOnlyList<PointView>>, ProblemHttpResult>> CurvesAsync(
        string sweep, int number, V1.Sweeps.SweepsClient client, CancellationToken cancellationToken, int points = 1_000, bool layers = false)
    {
        string trial = string.Create(CultureInfo.InvariantCulture, $"{sweep}/{number:D4}");
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
}
