using Granary.Silo.Wire;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Reads what a caller streams.</summary>
internal static class Incoming
{
    /// <summary>
    /// The next message; null when the caller has sent its last. Who gives up waiting leaves the read alone: cancelling it would abort
    /// the HTTP stream, and the caller would never see the status that says why.
    /// </summary>
    /// <param name="stream">The caller's messages.</param>
    /// <param name="context">The call.</param>
    /// <param name="limit">How long the caller may be silent.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RpcException">DEADLINE_EXCEEDED: the caller was silent for too long.</exception>
    public static async Task<T?> NextAsync<T>(
        IAsyncStreamReader<T> stream, ServerCallContext context, TimeSpan limit, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await stream.MoveNext(context.CancellationToken).WaitAsync(limit, cancellationToken) ? stream.Current : null;
        }
        catch (TimeoutException)
        {
            throw RpcFaults.Late($"Nothing was heard of the caller for {limit.TotalSeconds:0.#} s. Call again and go on.");
        }
    }
}
