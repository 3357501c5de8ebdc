using Google.Protobuf;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// The methods of the Collective service as generated code describes them, but for the stream's requests: <see cref="RingFrame"/> is the
/// same <see cref="RingMessage"/> on the wire.
/// </summary>
internal static class CollectiveMethods
{
    /// <summary>The stream from a rank to another.</summary>
    public static readonly Method<RingFrame, RingMessage> Exchange = new(
        MethodType.DuplexStreaming,
        Collective.Descriptor.FullName,
        nameof(Exchange),
        Marshallers.Create<RingFrame>(Write, Read),
        Of(RingMessage.Parser));

    /// <summary>A rank's last word to another.</summary>
    public static readonly Method<AbortRequest, AbortReply> Abort = new(
        MethodType.Unary, Collective.Descriptor.FullName, nameof(Abort), Of(AbortRequest.Parser), Of(AbortReply.Parser));

    private static void Write(RingFrame frame, SerializationContext context)
    {
        if (frame.Words is null) context.Complete(frame.Wire);
        else Write(frame.Words, context);
    }

    private static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static RingFrame Read(DeserializationContext context)
    {
        try
        {
            return RingFrame.Parse(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException)
        {
            // Whoever reads the stream says whom it came from, and refuses a message without content.
            return RingFrame.Of(new RingMessage());
        }
    }

    private static Marshaller<T> Of<T>(MessageParser<T> parser)
        where T : IMessage<T> =>
        Marshallers.Create<T>(
            (message, context) => Write(message, context), context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
