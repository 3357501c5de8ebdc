using System.Buffers.Binary;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The first exchange of a connection: both sides say what they are before anything else is read.</summary>
internal static class Greeting
{
    // "GRO" and the version of the message layout: what another protocol sends first is told at once.
    private const uint Magic = 0x014F5247;
    private const int LargestHello = 4096;
    private const int LargestWelcome = 4 * 1024 * 1024;

    public static async Task<GatewayWelcome> AsClientAsync(Socket socket, ClientHello hello, CancellationToken cancellationToken)
    {
        byte[] magic = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        await SendAsync(socket, (byte[])[.. magic, .. MessageWriter.Frame(hello)], cancellationToken).ConfigureAwait(false);
        return await ReadAsync<GatewayWelcome>(socket, LargestWelcome, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="InvalidDataException">The other side is no client.</exception>
    public static async Task<ClientHello> ReadHelloAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] magic = new byte[4];
        await ReceiveAsync(socket, magic, cancellationToken).ConfigureAwait(false);
        if (BinaryPrimitives.ReadUInt32LittleEndian(magic) != Magic)
            throw new InvalidDataException("The first bytes are not those of a client.");
        return await ReadAsync<ClientHello>(socket, LargestHello, cancellationToken).ConfigureAwait(false);
    }

    public static Task AsGatewayAsync(Socket socket, GatewayWelcome welcome, CancellationToken cancellationToken) =>
        SendAsync(socket, MessageWriter.Frame(welcome), cancellationToken);

    private static async Task<T> ReadAsync<T>(Socket socket, int largest, CancellationToken cancellationToken)
    {
        byte[] header = new byte[4];
        await ReceiveAsync(socket, header, cancellationToken).ConfigureAwait(false);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length <= 0 || length > largest)
            throw new InvalidDataException($"A greeting of {length} bytes: expected 1 to {largest}.");
        byte[] body = new byte[length];
        await ReceiveAsync(socket, body, cancellationToken).ConfigureAwait(false);
        var reader = new WireReader();
        reader.Reset(body, 0, length);
        return Codecs.Get<T>().Read(reader);
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (int sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes[sent..], cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReceiveAsync(Socket socket, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        for (int received = 0; received < bytes.Length;)
        {
            int read = await socket.ReceiveAsync(bytes[received..], cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException("The connection ended within the greeting.");
            received += read;
        }
    }
}
