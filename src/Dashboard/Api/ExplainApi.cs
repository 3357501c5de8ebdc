using System.Globalization;
using System.Text.Json;
using Granary.Dashboard.Explaining;
using Granary.Dashboard.Views;
using Granary.Sweeps;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Dashboard.Api;

/// <summary><c>/api/trials/{sweep}/{trial}/explain</c> and <c>/api/explanations</c>: pictures of what a trial's network looks at.</summary>
internal static class ExplainApi
{
    private const string ReportName = "explain.json";
    private const int FramingBytes = 1 << 20;

    public static void MapExplanations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/trials/{sweep}/{number:int:min(1)}/explain", AskAsync)
            .AddEndpointFilter<OwnPagesOnly>();
        routes.MapGet("/api/explanations/{id}", GetAsync);
        routes.MapGet("/api/explanations/{id}/{file}", Picture);
    }

    // The body, when there is one, is the picture to explain.
    private static async Task<Results<Accepted<ExplanationView>, ProblemHttpResult>> AskAsync(
        string sweep, int number, HttpRequest request, IGrainFactory grains, ExplainQueue queue, CancellationToken cancellationToken,
        string checkpoint = "best", int? example = null, bool data = false)
    {
        if (queue.Unavailable is { } why)
        {
            return Refuse(StatusCodes.Status501NotImplemented, why);
        }

        if (Mistake(checkpoint, example) is { } mistake)
        {
            return Refuse(StatusCodes.Status400BadRequest, mistake);
        }

        (UploadedPicture? picture, ProblemHttpResult? refused) = await ReadPictureAsync(request, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"{sweep}/{number:D4}");
        SweepSnapshot? known = await grains.FindSweepAsync(sweep, cancellationToken);
        if (known?.Trials.FirstOrDefault(trial => trial.Definition.Id.Number == number) is not { } trial)
        {
            return Refuse(StatusCodes.Status404NotFound, $"There is no trial '{id}'.");
        }

        if ((checkpoint == "best" ? trial.BestCheckpoint : trial.LastCheckpoint) is not { } stored)
        {
            return Refuse(StatusCodes.Status409Conflict, $"Trial '{id}' has no checkpoint yet; its first epoch leaves one.");
        }

        int? shown = picture is not null ? null : data ? example : example ?? 0;
        return Answer(queue.Ask(new ExplainRequest(stored.Weights, stored.Manifest, stored.Bytes, shown, data, picture)));
    }

    private static string? Mistake(string checkpoint, int? example) =>
        checkpoint is not ("best" or "last") ? $"checkpoint is '{checkpoint}'; expected best or last."
        : example < 0 ? $"example is {example}; expected 0 or above."
        : null;

    private static async Task<(UploadedPicture? Picture, ProblemHttpResult? Refused)> ReadPictureAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        IFeatureCollection features = request.HttpContext.Features;
        if (features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return (null, null);
        }

        // All other addresses take small bodies only. The server counts what frames the chunks of a body too.
        features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = UploadedPicture.MostBytes + FramingBytes;
        using MemoryStream body = new();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge());
        }

        return body.Length > UploadedPicture.MostBytes ? (null, TooLarge())
            : UploadedPicture.Of(body.ToArray()) is { } picture
            ? (picture, null)
            : (null, Refuse(StatusCodes.Status415UnsupportedMediaType, "The file is not a picture; expected a JPEG or a PNG."));
    }

    private static Results<Accepted<ExplanationView>, ProblemHttpResult> Answer(ExplainJob? job) => job is null
        ? Refuse(StatusCodes.Status503ServiceUnavailable, "Too many explanations are waiting; try again in a minute.")
        : TypedResults.Accepted($"/api/explanations/{job.Id}", new ExplanationView(job.Id, State(job), job.Reason, null));

    private static async Task<Results<Ok<ExplanationView>, ProblemHttpResult>> GetAsync(
        string id, ExplainQueue queue, CancellationToken cancellationToken)
    {
        if (queue.Find(id) is not { } job)
        {
            return Refuse(StatusCodes.Status404NotFound, $"There is no explanation '{id}' any more; ask for it again.");
        }

        JsonElement? report = null;
        if (job.State == ExplainState.Done)
        {
            byte[] json = await File.ReadAllBytesAsync(Path.Combine(job.Folder, ReportName), cancellationToken);
            using JsonDocument document = JsonDocument.Parse(json);
            report = document.RootElement.Clone();
        }

        return TypedResults.Ok(new ExplanationView(job.Id, State(job), job.Reason, report));
    }

    private static Results<PhysicalFileHttpResult, ProblemHttpResult> Picture(string id, string file, ExplainQueue queue)
    {
        // A name, not a way out of the folder.
        bool plain = file.EndsWith(".png", StringComparison.Ordinal)
            && file.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
        return plain && queue.Find(id) is { State: ExplainState.Done } job && File.Exists(Path.Combine(job.Folder, file))
            ? TypedResults.PhysicalFile(Path.Combine(job.Folder, file), "image/png")
            : Refuse(StatusCodes.Status404NotFound, $"Explanation '{id}' has no picture '{file}'.");
    }

    private static ProblemHttpResult TooLarge() => Refuse(
        StatusCodes.Status413PayloadTooLarge,
        $"The picture has more than {UploadedPicture.MostBytes >> 20} MiB. Use granary explain --image.");

    private static string State(ExplainJob job) => job.State.ToString().ToLowerInvariant();

    private static ProblemHttpResult Refuse(int status, string why) => TypedResults.Problem(why, statusCode: status);
}
