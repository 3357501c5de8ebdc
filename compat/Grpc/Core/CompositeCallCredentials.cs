namespace Grpc.Core.Internal;

internal sealed class CompositeCallCredentials(CallCredentials[] parts) : CallCredentials
{
    internal override async Task AddHeadersAsync(AuthInterceptorContext context, Metadata metadata)
    {
        foreach (CallCredentials part in parts)
        {
            await part.AddHeadersAsync(context, metadata).ConfigureAwait(false);
        }
    }
}
