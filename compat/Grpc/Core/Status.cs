namespace Grpc.Core;

/// <summary>The code and the message with which a call ended.</summary>
public struct Status
{
    /// <summary>Success without a message.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancellation without a message.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Makes a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A message for a person; it travels to the other side.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes a status that remembers its local cause.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A message for a person; it travels to the other side.</param>
    /// <param name="debugException">The cause on this side; it never travels.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The message for a person; empty when there is none.</summary>
    public string Detail { get; }

    /// <summary>The local cause, for debugging; null on a status that came over the wire.</summary>
    public Exception? DebugException { get; }

    /// <summary>The code, the message and the local cause in one line.</summary>
    /// <returns>Text such as <c>Status(StatusCode="NotFound", Detail="no trial 7")</c>.</returns>
    public override readonly string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", "
            + $"DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
