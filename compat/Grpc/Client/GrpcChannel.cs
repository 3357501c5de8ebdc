using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client.Internal;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>
/// A channel to a server over HTTP/2. Making one is cheap and does not connect; keep it for as long as the server is called.
/// Thread-safe.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<ClientCall> _calls = [];
    private readonly ChannelCredentials? _credentials;
    private readonly bool _ownsInvoker;
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        _credentials = options.Credentials;
        Limits = new MessageLimits(options.MaxSendMessageSize, options.MaxReceiveMessageSize);
        Compression = options.CompressionProviders is null ? CompressionProviders.Default : new(options.CompressionProviders);
        ThrowOperationCanceled = options.ThrowOperationCanceledOnCancellation;
        SendsCallCredentials = IsSecure || options.UnsafeUseInsecureChannelCallCredentials;
        _ownsInvoker = options.DisposeHttpClient || (options.HttpClient is null && options.HttpHandler is null);
        Invoker = options.HttpClient ?? new HttpMessageInvoker(options.HttpHandler ?? CreateHandler(), _ownsInvoker);
    }

    internal Uri Address { get; }

    internal HttpMessageInvoker Invoker { get; }

    internal MessageLimits Limits { get; }

    internal CompressionProviders Compression { get; }

    internal bool ThrowOperationCanceled { get; }

    internal bool SendsCallCredentials { get; }

    internal CallCredentials? CallCredentials => _credentials?.CallCredentials;

    internal TimeProvider Time { get; } = TimeProvider.System;

    private bool IsSecure => Address.Scheme == Uri.UriSchemeHttps;

    /// <summary>Makes a channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address. <c>http</c> is HTTP/2 without TLS.</param>
    /// <returns>The channel.</returns>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Makes a channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address. <c>http</c> is HTTP/2 without TLS.</param>
    /// <param name="channelOptions">Options.</param>
    /// <returns>The channel.</returns>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    /// <summary>Makes a channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address. <c>http</c> is HTTP/2 without TLS.</param>
    /// <returns>The channel.</returns>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Makes a channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address. <c>http</c> is HTTP/2 without TLS.</param>
    /// <param name="channelOptions">Options.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentException">The address has no host or another scheme, or both a client and a handler are set.</exception>
    /// <exception cref="InvalidOperationException">The credentials do not fit the address's scheme.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (!address.IsAbsoluteUri || address.Host.Length == 0
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException(
                $"'{address}' is not the address of a server. Use http or https, a host and a port, such as https://localhost:5001.",
                nameof(address));
        }

        if (channelOptions is { HttpClient: not null, HttpHandler: not null })
        {
            throw new ArgumentException(
                $"Both {nameof(GrpcChannelOptions.HttpClient)} and {nameof(GrpcChannelOptions.HttpHandler)} are set. Set one of them.",
                nameof(channelOptions));
        }

        var channel = new GrpcChannel(address, channelOptions);
        if (channel._credentials is { } credentials && credentials.IsSecure != channel.IsSecure)
        {
            string kind = credentials.IsSecure ? "secure" : "insecure";
            throw new InvalidOperationException(
                $"The channel has {kind} credentials but its address '{address}' has the scheme '{address.Scheme}'.");
        }

        return channel;
    }

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The channel is disposed.</exception>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HttpCallInvoker(this);
    }

    /// <summary>Cancels the calls on the channel and, where the channel owns it, closes the connection.</summary>
    public void Dispose()
    {
        ClientCall[] running;
        lock (_calls)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            running = [.. _calls];
        }

        foreach (ClientCall call in running)
        {
            call.Dispose();
        }

        if (_ownsInvoker)
        {
            Invoker.Dispose();
        }
    }

    internal void Add(ClientCall call)
    {
        lock (_calls)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _calls.Add(call);
        }
    }

    internal void Remove(ClientCall call)
    {
        lock (_calls)
        {
            _calls.Remove(call);
        }
    }

    internal Uri AddressOf(IMethod method) => _addresses.GetOrAdd(
        method.FullName, static (path, address) => new Uri(address, path), Address);

    /// <inheritdoc />
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    // A second connection when the first carries as many streams as the server allows.
    private static SocketsHttpHandler CreateHandler() => new() { EnableMultipleHttp2Connections = true };
}
