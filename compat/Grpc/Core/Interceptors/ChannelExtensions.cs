namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Sends calls through an interceptor.</summary>
    /// <param name="channel">Where the calls go on to.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker that intercepts.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Sends calls through several interceptors.</summary>
    /// <param name="channel">Where the calls go on to.</param>
    /// <param name="interceptors">The interceptors; the first one sees a call first.</param>
    /// <returns>An invoker that intercepts.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }
}
