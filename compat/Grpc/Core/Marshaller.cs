namespace Grpc.Core;

/// <summary>Turns messages of one type into bytes and back. Thread-safe as long as its functions are.</summary>
/// <typeparam name="T">The message.</typeparam>
public class Marshaller<T>
{
    /// <summary>Makes a marshaller over arrays.</summary>
    /// <param name="serializer">Message to bytes. The array belongs to the call until the message is sent.</param>
    /// <param name="deserializer">Bytes to message. The array belongs to the message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Makes a marshaller over contexts, which can do without copies and garbage.</summary>
    /// <param name="serializer">Writes the message into the context and completes it.</param>
    /// <param name="deserializer">Reads the message from the context, whose payload is valid only during the call.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = _ => throw NeedsContexts();
        Deserializer = _ => throw NeedsContexts();
    }

    /// <summary>Message to bytes.</summary>
    /// <exception cref="NotImplementedException">From the function, when the marshaller works over contexts.</exception>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Bytes to message.</summary>
    /// <exception cref="NotImplementedException">From the function, when the marshaller works over contexts.</exception>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Writes a message into a context.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads a message from a context.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }

    private static NotImplementedException NeedsContexts() => new(
        $"This marshaller of {typeof(T)} works over contexts. Use {nameof(ContextualSerializer)} and {nameof(ContextualDeserializer)}.");
}
