namespace Grpc.Core.Internal;

internal sealed class InterceptorCallCredentials(AsyncAuthInterceptor interceptor) : CallCredentials
{
    internal override Task AddHeadersAsync(AuthInterceptorContext context, Metadata metadata) => interceptor(context, metadata);
}
