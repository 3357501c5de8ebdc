using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>What the service of a test does. The defaults echo.</summary>
internal sealed class EchoBehaviour
{
    public UnaryServerMethod<EchoRequest, EchoReply> Unary { get; init; } = (request, _) =>
        Task.FromResult(new EchoReply { Text = request.Text, Payload = request.Payload });

    public ClientStreamingServerMethod<EchoRequest, EchoReply> ClientStream { get; init; } = async (requests, _) =>
    {
        var texts = new List<string>();
        await foreach (EchoRequest request in requests.ReadAllAsync())
        {
            texts.Add(request.Text);
        }

        return new EchoReply { Text = string.Join(',', texts), Index = texts.Count };
    };

    public ServerStreamingServerMethod<EchoRequest, EchoReply> ServerStream { get; init; } = async (request, replies, _) =>
    {
        for (int i = 0; i < request.Count; i++)
        {
            await replies.WriteAsync(new EchoReply { Text = request.Text, Index = i });
        }
    };

    public DuplexStreamingServerMethod<EchoRequest, EchoReply> Duplex { get; init; } = async (requests, replies, _) =>
    {
        int index = 0;
        await foreach (EchoRequest request in requests.ReadAllAsync())
        {
            await replies.WriteAsync(new EchoReply { Text = request.Text, Payload = request.Payload, Index = index++ });
        }
    };
}
