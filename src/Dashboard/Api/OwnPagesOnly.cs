namespace Granary.Dashboard.Api;

/// <summary>
/// Refuses a command that another site made the browser send: such a request cannot carry this header without a CORS
/// preflight, which is never granted.
/// </summary>
internal sealed class OwnPagesOnly : IEndpointFilter
{
    private const string Header = "X-Granary";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.ContainsKey(Header)
            ? await next(context)
            : TypedResults.Problem($"Send the header '{Header}: 1' with a command.", statusCode: StatusCodes.Status403Forbidden);
}
