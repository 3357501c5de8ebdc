using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Writes the responses of one call.</summary>
internal sealed class ResponseEncoder<TResponse>(HttpServerCallContext call, Marshaller<TResponse> marshaller) : IDisposable
{
    private readonly PipeWriter _body = call.HttpContext.Response.BodyWriter;

    private readonly PipeMessageWriter _writer = new(
        call.HttpContext.Response.BodyWriter, call.Settings.Limits, call.ResponseCompression);

    /// <summary>Writes a response that the end of the call flushes.</summary>
    public void Write(TResponse response, WriteOptions? options)
    {
        call.Life.BeginWrite();
        try
        {
            Serialize(response, options?.Flags ?? 0);
        }
        finally
        {
            call.Life.EndWrite();
        }
    }

    /// <summary>Writes a response and waits until the transport has taken it.</summary>
    public async Task WriteAsync(TResponse response, WriteOptions? options, CancellationToken cancellationToken)
    {
        call.Life.BeginWrite();
        try
        {
            WriteFlags flags = options?.Flags ?? 0;
            Serialize(response, flags);
            if (!flags.HasFlag(WriteFlags.BufferHint))
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            call.Life.EndWrite();
        }
    }

    /// <summary>Gives pooled memory back. A write that the handler left behind keeps its own.</summary>
    public void Dispose() => _writer.Dispose();

    private void Serialize(TResponse response, WriteFlags flags)
    {
        try
        {
            _writer.Write(response, marshaller.ContextualSerializer, !flags.HasFlag(WriteFlags.NoCompress));
            call.ResponseBegun = true;
        }
        catch when (_writer.IsBroken)
        {
            call.HttpContext.Abort();
            throw;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        FlushResult result = await _body.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled || result.IsCompleted)
        {
            throw new OperationCanceledException("The call was aborted while a response was sent.");
        }
    }
}
