namespace Grpc.Core;

/// <summary>A stream of messages to read, one at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> found.</summary>
    T Current { get; }

    /// <summary>
    /// Waits for the next message. On the client the end of a failed call is an <see cref="RpcException"/>, and
    /// cancelling the token cancels the call.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True with a message in <see cref="Current"/>; false after the last one.</returns>
    /// <exception cref="InvalidOperationException">The previous read has not ended.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
