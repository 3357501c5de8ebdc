namespace Grpc.Core;

/// <summary>A stream of messages to write, one at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options for the next writes; null for those of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. The task ends when the transport has taken it, which is how flow control reaches the writer.</summary>
    /// <param name="message">The message; it must not change until the task ends.</param>
    /// <returns>The write.</returns>
    /// <exception cref="InvalidOperationException">The previous write has not ended, or the stream is complete.</exception>
    Task WriteAsync(T message);

    /// <summary>Writes a message. A cancelled write cancels the call, as part of the message may have been sent.</summary>
    /// <param name="message">The message; it must not change until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The write.</returns>
    /// <exception cref="InvalidOperationException">The previous write has not ended, or the stream is complete.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException($"{GetType()} cannot cancel a write. Override WriteAsync with a token.")
        : WriteAsync(message);
}
