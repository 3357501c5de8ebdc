using Granary.Grains.Trials;
using Granary.Silo.Artifacts;
using Granary.Sweeps;
using Granary.Trials;
using Grpc.Core;
using Orleans.Storage;

namespace Granary.Silo.Wire;

/// <summary>The one place that turns errors into gRPC statuses.</summary>
internal static class RpcFaults
{
    // ENOSPC and EDQUOT in the low word of an IOException's HResult.
    private const int DiskFull = 28;
    private const int QuotaReached = 122;

    public static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));

    public static RpcException NotFound(string message) => new(new Status(StatusCode.NotFound, message));

    public static RpcException Precondition(string message) => new(new Status(StatusCode.FailedPrecondition, message));

    public static RpcException Exhausted(string message) => new(new Status(StatusCode.ResourceExhausted, message));

    public static RpcException Late(string message) => new(new Status(StatusCode.DeadlineExceeded, message));

    public static RpcException Aborted(string message) => new(new Status(StatusCode.Aborted, message));

    /// <summary>The silo stops; whoever calls may try again when it is back.</summary>
    public static RpcException Stopping() => Unavailable("The silo stops. Try again when it is back.");

    /// <summary>The status of an error that ended a call.</summary>
    public static RpcException From(Exception error) => error switch
    {
        RpcException known => known,
        SweepFileException mistakes => Invalid(mistakes.Message),
        StaleAttemptException stale => Precondition(stale.Message),
        ArtifactException artifact => new RpcException(new Status(CodeOf(artifact.Fault), artifact.Message)),
        InvalidTransitionException illegal => Precondition(illegal.Message),
        KeyNotFoundException missing => NotFound(missing.Message),
        ArgumentException argument when argument.GetType() == typeof(ArgumentException) => Invalid(argument.Message),
        InconsistentStateException race => Aborted($"Two activations worked on the same state; try again. {race.Message}"),
        OperationCanceledException => new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.")),
        TimeoutException late => Unavailable($"The silo is too busy; try again. {late.Message}"),
        OrleansException orleans => Unavailable($"The silo could not answer; try again. {orleans.Message}"),
        IOException full when (full.HResult & 0xffff) is DiskFull or QuotaReached => Exhausted($"The silo's disk is full: {full.Message}"),
        _ => new RpcException(new Status(StatusCode.Internal, $"The silo failed, see its log. {error.GetType().Name}: {error.Message}")),
    };

    private static RpcException Unavailable(string message) => new(new Status(StatusCode.Unavailable, message));

    private static StatusCode CodeOf(ArtifactFault fault) => fault switch
    {
        ArtifactFault.Invalid => StatusCode.InvalidArgument,
        ArtifactFault.Missing => StatusCode.NotFound,
        ArtifactFault.OutOfRange => StatusCode.OutOfRange,
        ArtifactFault.Corrupt => StatusCode.DataLoss,
        _ => StatusCode.Internal,
    };
}
