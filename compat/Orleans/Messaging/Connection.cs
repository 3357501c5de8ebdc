using System.Collections.Concurrent;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>One TCP connection after its greeting: sends and takes messages until either side ends it.</summary>
internal sealed class Connection
{
    // What may wait to be sent before callers are refused: a peer that does not read must not fill this process.
    private const int MostWaiting = 256 * 1024 * 1024;

    private readonly Socket _socket;
    private readonly IConnectionOwner _owner;
    private readonly SendQueue _queue;
    private readonly ConcurrentDictionary<ulong, OutgoingCall> _calls = new();
    private readonly ConcurrentDictionary<ulong, IncomingCall> _cancellable = new();
    private readonly WireReader _reader = new();
    private long _correlation;
    private volatile string? _closed;

    public Connection(Socket socket, string peer, IConnectionOwner owner)
    {
        _socket = socket;
        _owner = owner;
        Peer = peer;
        _queue = new(socket, MostWaiting, Close);
    }

    /// <summary>The client's identity, or the gateway's address.</summary>
    public string Peer { get; }

    public bool IsClosed => _closed is not null;

    /// <summary>Takes messages until the connection ends.</summary>
    public async Task RunAsync()
    {
        string reason = "the other side closed it.";
        try
        {
            var frames = new FrameReader(_socket, _owner.LargestMessage);
            while (await frames.ReadAsync().ConfigureAwait(false))
            {
                while (frames.TryTake(out int start, out int length))
                {
                    _reader.Reset(frames.Buffer, start, length);
                    Take();
                }
            }
        }
        catch (Exception exception)
        {
            reason = exception.Message;
        }

        Close(reason);
    }

    /// <exception cref="OrleansException">The connection is closed or too busy, or the message too large.</exception>
    public void SendRequest(OutgoingCall call)
    {
        bool oneWay = call.Method.OneWay;
        call.Correlation = (ulong)Interlocked.Increment(ref _correlation);
        var message = MessageWriter.Request(call, oneWay);
        CheckSize(message.Position, call.Name);
        if (!oneWay)
        {
            call.Connection = this;
            _calls[call.Correlation] = call;
        }

        if (!_queue.TryAdd(message.Written, out bool isBusy) || _closed is not null)
        {
            _calls.TryRemove(call.Correlation, out _);
            throw isBusy ? new GatewayTooBusyException($"{MostWaiting} bytes wait to be sent to {Peer}.") : Gone();
        }
    }

    public void SendCancel(OutgoingCall call) => _queue.TryAdd(MessageWriter.Cancel(call.Correlation).Written, out _);

    public void SendResult<T>(ulong correlation, Codec<T> codec, T result)
    {
        try
        {
            var message = MessageWriter.Result(correlation, codec, result);
            CheckSize(message.Position, "A result");
            _queue.TryAdd(message.Written, out _);
        }
        catch (Exception exception)
        {
            SendException(correlation, exception);
        }
    }

    public void SendException(ulong correlation, Exception exception)
    {
        WireWriter message;
        try
        {
            message = MessageWriter.Failure(correlation, exception);
            CheckSize(message.Position, "An exception");
        }
        catch (Exception failure)
        {
            message = MessageWriter.Failure(correlation, new OrleansException(
                $"The call failed with {exception.GetType()}: {exception.Message} The exception itself could not be sent: {failure.Message}"));
        }

        _queue.TryAdd(message.Written, out _);
    }

    public void Forget(OutgoingCall call) => _calls.TryRemove(call.Correlation, out _);

    public void Track(IncomingCall call) => _cancellable[call.Correlation] = call;

    public void Untrack(IncomingCall call) => _cancellable.TryRemove(call.Correlation, out _);

    /// <summary>Sends what waits, then closes.</summary>
    public async Task FlushAndCloseAsync(string reason, TimeSpan patience)
    {
        await _queue.FlushAsync(patience).ConfigureAwait(false);
        Close(reason);
    }

    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _closed, reason, null) is not null)
            return;
        _socket.Dispose();
        _owner.Closed(this, reason);
        var exception = Gone();
        foreach (var call in _calls.Values)
            call.Fail(exception);
        _calls.Clear();
    }

    private SiloUnavailableException Gone() => new($"The connection with {Peer} has ended: {_closed} Whether the call ran is unknown.");

    private void CheckSize(int size, string what)
    {
        if (size > _owner.LargestMessage)
            throw new OrleansException($"{what} takes {size} bytes, more than MaxMessageBodySize ({_owner.LargestMessage}): send less at a time.");
    }

    private void Take()
    {
        CallRuntime.ForReading = _owner.Runtime;
        var kind = (MessageKind)_reader.ReadByte();
        ulong correlation = _reader.ReadVarUInt();
        switch (kind)
        {
            case MessageKind.Request:
                TakeRequest(correlation);
                break;
            case MessageKind.Result or MessageKind.Failure:
                if (_calls.TryRemove(correlation, out var call))
                    TakeAnswer(call, kind);
                break;
            case MessageKind.Cancel:
                if (_cancellable.TryGetValue(correlation, out var running))
                    running.Cancel();
                break;
            default:
                throw new SerializerException($"Unknown message kind {(byte)kind}.");
        }
    }

    private void TakeRequest(ulong correlation)
    {
        try
        {
            var request = MessageWriter.ReadRequest(this, correlation, _reader, out ulong id);
            var method = MethodDescriptor.Find(id)
                ?? throw new OrleansMessageRejectionException($"Method {id:X} of {request.Target} is not known here: build both sides from the same interfaces.");
            var call = method.Read(request);
            try
            {
                _owner.Receive(call);
            }
            catch (Exception exception)
            {
                call.Fail(exception);
            }
        }
        catch (Exception exception)
        {
            SendException(correlation, exception);
        }
    }

    private void TakeAnswer(OutgoingCall call, MessageKind kind)
    {
        try
        {
            if (kind == MessageKind.Result)
                call.ReadResult(_reader);
            else
                call.Fail(Codecs.Get<Exception>().Read(_reader));
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
    }
}
