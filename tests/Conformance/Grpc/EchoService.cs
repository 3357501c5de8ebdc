using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

internal sealed class EchoService(EchoBehaviour behaviour) : Echo.EchoBase
{
    public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) => behaviour.Unary(request, context);

    public override Task<EchoReply> ClientStream(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
        behaviour.ClientStream(requestStream, context);

    public override Task ServerStream(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
        behaviour.ServerStream(request, responseStream, context);

    public override Task Duplex(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
        behaviour.Duplex(requestStream, responseStream, context);
}
