using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What holds for the calls of one service, once all options are merged.</summary>
internal sealed class ServerSettings
{
    private readonly ICompressionProvider? _responseProvider;
    private readonly CompressionLevel? _responseLevel;

    public ServerSettings(GrpcServiceOptions all, GrpcServiceOptions? own, ILogger logger)
    {
        Logger = logger;
        Limits = new MessageLimits(
            own is { MaxSendMessageSizeIsSet: true } ? own.MaxSendMessageSize : all.MaxSendMessageSize,
            own is { MaxReceiveMessageSizeIsSet: true } ? own.MaxReceiveMessageSize : all.MaxReceiveMessageSize);
        DetailedErrors = own?.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false;
        IgnoreUnknownServices = all.IgnoreUnknownServices ?? false;
        Compression = new CompressionProviders(
            [.. own?.CompressionProviders ?? [], .. all.CompressionProviders, .. CompressionProviders.DefaultProviders]);
        Interceptors = [.. all.Interceptors, .. own?.Interceptors ?? []];
        _responseProvider = Compression.Find(own?.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm);
        _responseLevel = own?.ResponseCompressionLevel ?? all.ResponseCompressionLevel;
    }

    public ILogger Logger { get; }

    public MessageLimits Limits { get; }

    public bool DetailedErrors { get; }

    public bool IgnoreUnknownServices { get; }

    public CompressionProviders Compression { get; }

    public IReadOnlyList<InterceptorRegistration> Interceptors { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>How responses are compressed for a caller that accepts the given encodings.</summary>
    public MessageCompression CompressionFor(string? acceptEncoding)
    {
        if (_responseProvider is null || acceptEncoding is null)
        {
            return MessageCompression.None;
        }

        bool accepted = acceptEncoding.Split(',', StringSplitOptions.TrimEntries).Contains(_responseProvider.EncodingName);
        return accepted ? new MessageCompression(_responseProvider, _responseLevel) : MessageCompression.None;
    }
}
