namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before an invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Sends calls through an interceptor.</summary>
    /// <param name="invoker">Where the calls go on to.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker that intercepts.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Sends calls through several interceptors.</summary>
    /// <param name="invoker">Where the calls go on to.</param>
    /// <param name="interceptors">The interceptors; the first one sees a call first.</param>
    /// <returns>An invoker that intercepts.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(invoker, (inner, interceptor) => inner.Intercept(interceptor));
    }
}
