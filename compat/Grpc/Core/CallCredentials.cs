using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>Credentials that go with each call as headers. They are sent over TLS only, unless the channel allows otherwise.</summary>
public abstract class CallCredentials
{
    internal CallCredentials()
    {
    }

    /// <summary>Joins credentials; all their headers are sent.</summary>
    /// <param name="credentials">At least two.</param>
    /// <returns>The joined credentials.</returns>
    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return credentials.Length >= 2
            ? new CompositeCallCredentials([.. credentials])
            : throw new ArgumentException($"Composing needs at least 2 credentials but got {credentials.Length}.", nameof(credentials));
    }

    /// <summary>Makes credentials from a function that runs before each call.</summary>
    /// <param name="interceptor">Adds the headers.</param>
    /// <returns>The credentials.</returns>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptorCallCredentials(interceptor);
    }

    /// <summary>Adds the headers to <paramref name="metadata"/>.</summary>
    internal abstract Task AddHeadersAsync(AuthInterceptorContext context, Metadata metadata);
}
