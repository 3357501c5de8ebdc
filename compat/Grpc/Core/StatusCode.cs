namespace Grpc.Core;

/// <summary>The outcome of a call. The numbers are those of the gRPC specification and travel in <c>grpc-status</c>.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, usually by its caller.</summary>
    Cancelled = 1,

    /// <summary>An error without a more precise code, such as an exception that a handler did not catch.</summary>
    Unknown = 2,

    /// <summary>The caller sent an argument that is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call ended. The work may have been done all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>What the call asks for does not exist.</summary>
    NotFound = 5,

    /// <summary>What the call should create exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a message size limit or another resource is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs; repeating it without changing that state is useless.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with a concurrent operation; repeat at a higher level.</summary>
    Aborted = 10,

    /// <summary>The call went past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method, or does not support what the call needs.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system or of the protocol is broken.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached or is not ready; repeating later may help.</summary>
    Unavailable = 14,

    /// <summary>Data were lost or damaged beyond recovery.</summary>
    DataLoss = 15,

    /// <summary>The caller did not prove who it is.</summary>
    Unauthenticated = 16,
}
