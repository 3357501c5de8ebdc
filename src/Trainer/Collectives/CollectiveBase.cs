using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>What the generated base class of the Collective service is, with <see cref="RingFrame"/> for the stream's requests.</summary>
[BindServiceMethod(typeof(CollectiveBase), nameof(Bind))]
internal abstract class CollectiveBase
{
    /// <summary>See the service's description.</summary>
    /// <param name="requestStream">Hello, then chunks.</param>
    /// <param name="responseStream">The hello's answer, then heartbeats.</param>
    /// <param name="context">The call.</param>
    public abstract Task Exchange(
        IAsyncStreamReader<RingFrame> requestStream, IServerStreamWriter<RingMessage> responseStream, ServerCallContext context);

    /// <summary>See the service's description.</summary>
    /// <param name="request">Who gave up, and why.</param>
    /// <param name="context">The call.</param>
    public abstract Task<AbortReply> Abort(AbortRequest request, ServerCallContext context);

    /// <summary>Lists the methods; the host finds it by the attribute.</summary>
    /// <param name="binder">Takes them.</param>
    /// <param name="service">null where only the list is wanted.</param>
    public static void Bind(ServiceBinderBase binder, CollectiveBase? service)
    {
        binder.AddMethod(
            CollectiveMethods.Exchange, service is null ? null : new DuplexStreamingServerMethod<RingFrame, RingMessage>(service.Exchange));
        binder.AddMethod(CollectiveMethods.Abort, service is null ? null : new UnaryServerMethod<AbortRequest, AbortReply>(service.Abort));
    }
}
