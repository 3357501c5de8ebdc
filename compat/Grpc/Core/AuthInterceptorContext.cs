namespace Grpc.Core;

/// <summary>The call for which an <see cref="AsyncAuthInterceptor"/> provides credentials.</summary>
public class AuthInterceptorContext
{
    /// <summary>Makes a context without a token.</summary>
    /// <param name="serviceUrl">The service's URL.</param>
    /// <param name="methodName">The method's name within the service.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="serviceUrl">The service's URL.</param>
    /// <param name="methodName">The method's name within the service.</param>
    /// <param name="cancellationToken">Cancelled with the call.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>The service's URL, such as <c>https://silo:7443/granary.v1.Sweeps</c>.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method's name within the service.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; }
}
