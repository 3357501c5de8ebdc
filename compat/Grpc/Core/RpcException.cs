namespace Grpc.Core;

/// <summary>
/// Thrown on the client when a call ends with a status other than <see cref="StatusCode.OK"/>; thrown by a handler on the server
/// to choose the status and the trailers of its call.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Makes an exception without trailers, whose message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Makes an exception without trailers.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes an exception whose message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The trailers of the call.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="status">How the call ended; its <see cref="Core.Status.DebugException"/> becomes the inner exception.</param>
    /// <param name="trailers">The trailers of the call.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailers of the call; empty when there are none.</summary>
    public Metadata Trailers { get; }
}
