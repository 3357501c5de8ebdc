using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>A call with its messages.</summary>
internal sealed class ClientCall<TRequest, TResponse> : ClientCall
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method;
    private ClientStreamWriter<TRequest>? _requests;
    private StreamMessageReader<TResponse>? _reader;
    private Task<HttpResponseMessage>? _opening;

    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
        : base(channel, method, host, options)
    {
        _method = method;
        Encoder = new RequestEncoder<TRequest>(this, method.RequestMarshaller);
    }

    public RequestEncoder<TRequest> Encoder { get; }

    public Task<TResponse> UnaryAsync(TRequest request) => ResponseAsync(new UnaryContent<TRequest>(Encoder, request));

    public ClientStreamWriter<TRequest> OpenRequests() => _requests = new(this, Encoder);

    /// <summary>Sends a request and reads the one response.</summary>
    public async Task<TResponse> ResponseAsync(HttpContent content)
    {
        try
        {
            HttpResponseMessage response = await SendAsync(content).ConfigureAwait(false);
            StreamMessageReader<TResponse> reader = await OpenReaderAsync(response).ConfigureAwait(false);
            (bool found, TResponse? message) = await reader.ReadAsync(Token).ConfigureAwait(false);
            if (found && (await reader.ReadAsync(Token).ConfigureAwait(false)).Found)
            {
                throw MessageFrame.Additional();
            }

            FinishFrom(response, lacksMessage: !found);
            return message!;
        }
        catch (Exception e)
        {
            throw Fail(e, "Error starting gRPC call.");
        }
        finally
        {
            ReleaseReader();
        }
    }

    /// <summary>Sends the request; its responses come through the reader.</summary>
    public ClientStreamReader<TRequest, TResponse> OpenResponses(HttpContent content)
    {
        _opening = OpenAsync(content);

        // The reader reports the failure; a call that is never read must not raise it again.
        _opening.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return new(this);
    }

    /// <summary>The next message of the response stream; none at its end.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<(bool Found, TResponse? Message)> NextAsync()
    {
        try
        {
            if (IsFinished)
            {
                return GetStatus().StatusCode == StatusCode.OK ? default((bool, TResponse?)) : throw FinalException();
            }

            HttpResponseMessage response = await _opening!.ConfigureAwait(false);
            StreamMessageReader<TResponse> reader = _reader ??= await OpenReaderAsync(response).ConfigureAwait(false);
            (bool found, TResponse? message) = await reader.ReadAsync(Token).ConfigureAwait(false);
            if (found)
            {
                return (true, message);
            }

            ReleaseReader();
            FinishFrom(response, lacksMessage: false);
            return default;
        }
        catch (Exception e)
        {
            throw Fail(e, "Error reading next message.");
        }
    }

    protected override void OnFinished() => _requests?.Abandon();

    protected override void ReleaseReader() => _reader?.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(HttpContent content)
    {
        try
        {
            return await SendAsync(content).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(e, "Error starting gRPC call.");
        }
    }

    private async ValueTask<StreamMessageReader<TResponse>> OpenReaderAsync(HttpResponseMessage response)
    {
        var provider = Channel.Compression.Find(ResponseStatus.EncodingOf(response));
        var decoder = new MessageDecoder<TResponse>(_method.ResponseMarshaller.ContextualDeserializer, Channel.Limits, provider);
        Stream body = await response.Content.ReadAsStreamAsync(Token).ConfigureAwait(false);
        return _reader = new StreamMessageReader<TResponse>(body, decoder);
    }
}
