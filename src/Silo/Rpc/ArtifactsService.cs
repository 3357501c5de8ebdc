using Google.Protobuf;
using Granary.Silo.Artifacts;
using Granary.Silo.Telemetry;
using Granary.Silo.Wire;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Content-addressed storage over the wire.</summary>
internal sealed class ArtifactsService(RpcCalls calls, ArtifactStore store, SiloInstruments instruments) : V1.Artifacts.ArtifactsBase
{
    private const int MaxChunkBytes = 1 << 20;
    private const int SentChunkBytes = 512 << 10;

    // An upload whose sender fell silent must not keep others from the same artifact.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public override Task<V1.StatReply> Stat(V1.StatRequest request, ServerCallContext context) => calls.AnswerAsync(context, _ =>
    {
        ArtifactHash hash = Parse(request.Hash);
        return Task.FromResult(Reply(hash, store.Stat(hash)));
    });

    public override Task<V1.StatReply> Upload(IAsyncStreamReader<V1.UploadPart> requestStream, ServerCallContext context) =>
        calls.StreamAsync(context, ct => ReceiveAsync(requestStream, context, ct));

    public override Task Download(
        V1.DownloadRequest request, IServerStreamWriter<V1.ArtifactChunk> responseStream, ServerCallContext context) =>
        calls.StreamAsync(context, async ct =>
        {
            await using FileStream file = store.OpenRead(Parse(request.Hash), request.Offset);
            byte[] block = new byte[SentChunkBytes];
            int read;
            while ((read = await file.ReadAsync(block, ct)) > 0)
            {
                // The message is on the wire's buffers when the write returns, so the block can be used again.
                ByteString chunk = UnsafeByteOperations.UnsafeWrap(block.AsMemory(0, read));
                await responseStream.WriteAsync(new V1.ArtifactChunk { Chunk = chunk }, ct);
                instruments.ArtifactSent(read);
            }
        });

    private async Task<V1.StatReply> ReceiveAsync(
        IAsyncStreamReader<V1.UploadPart> parts, ServerCallContext context, CancellationToken cancellationToken)
    {
        if ((await Incoming.NextAsync(parts, context, Silence, cancellationToken))?.Header is not { } header)
            throw RpcFaults.Precondition("An upload begins with its header; this one does not.");
        ArtifactHash hash = Parse(header.Hash);
        await using ArtifactUpload? upload = await store.BeginAsync(hash, header.Bytes, header.Offset, cancellationToken);
        long left = header.Bytes - header.Offset;
        while (await Incoming.NextAsync(parts, context, Silence, cancellationToken) is { } part)
        {
            ReadOnlyMemory<byte> chunk = ChunkOf(part);
            instruments.ArtifactReceived(chunk.Length);
            // Stored by somebody else meanwhile: what this sender has on the way is read and let go.
            if (upload is not null) await upload.WriteAsync(chunk, cancellationToken);
            else if ((left -= chunk.Length) < 0) throw RpcFaults.Invalid($"Artifact {hash} has {header.Bytes} bytes, but more arrived.");
        }

        return Reply(hash, upload?.Complete() ?? store.Stat(hash));
    }

    private static ReadOnlyMemory<byte> ChunkOf(V1.UploadPart part)
    {
        if (part.PartCase != V1.UploadPart.PartOneofCase.Chunk)
            throw RpcFaults.Precondition("After its header an upload holds chunks only.");
        return part.Chunk.Length <= MaxChunkBytes
            ? part.Chunk.Memory
            : throw RpcFaults.Invalid($"A chunk has {part.Chunk.Length} bytes; at most {MaxChunkBytes} are taken.");
    }

    private static ArtifactHash Parse(string text)
    {
        if (ArtifactHash.TryParse(text, out ArtifactHash hash)) return hash;
        string shown = text.Length <= 100 ? text : text[..100];
        throw RpcFaults.Invalid($"'{shown}' names no artifact; expected a SHA-256 as 64 lower-case hexadecimal digits.");
    }

    private static V1.StatReply Reply(ArtifactHash hash, ArtifactStat stat) =>
        new() { Hash = hash.Value, Complete = stat.Complete, Bytes = stat.Bytes };
}
