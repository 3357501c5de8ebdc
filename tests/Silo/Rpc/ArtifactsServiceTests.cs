using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class ArtifactsServiceTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Upload_ThenDownload_GivesTheSameBytes()
    {
        (byte[] content, string hash) = Content(5_000_000, seed: 1);

        V1.StatReply stored = await UploadAsync(hash, content, 0, content.Length);

        Assert.True(stored is { Complete: true, Bytes: 5_000_000 });
        Assert.Equal(content, await DownloadAsync(hash, 0));
        Assert.Equal(content[4_999_000..], await DownloadAsync(hash, 4_999_000));
    }

    [Fact]
    public async Task Upload_InTwoParts_GoesOnWhereStatSays()
    {
        (byte[] content, string hash) = Content(2_000_000, seed: 2);
        V1.StatReply part = await UploadAsync(hash, content[..1_500_000], 0, content.Length);
        Assert.False(part.Complete);
        V1.StatReply stat = await silo.Artifacts.StatAsync(new V1.StatRequest { Hash = hash });
        Assert.Equal(1_500_000, stat.Bytes);

        V1.StatReply whole = await UploadAsync(hash, content[(int)stat.Bytes..], stat.Bytes, content.Length);

        Assert.True(whole.Complete);
        Assert.Equal(content, await DownloadAsync(hash, 0));
    }

    [Fact]
    public async Task Upload_OfOtherBytes_IsDataLossAndNothingIsKept()
    {
        (byte[] content, string hash) = Content(100_000, seed: 3);
        content[50_000] ^= 1;

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => UploadAsync(hash, content, 0, content.Length));

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.Equal(0, (await silo.Artifacts.StatAsync(new V1.StatRequest { Hash = hash })).Bytes);
    }

    [Fact]
    public async Task Upload_OfWhatIsStored_IsTakenAgain()
    {
        (byte[] content, string hash) = Content(100_000, seed: 4);
        await UploadAsync(hash, content, 0, content.Length);

        Assert.True((await UploadAsync(hash, content, 0, content.Length)).Complete);
    }

    [Fact]
    public async Task Upload_WithoutHeader_IsRefused()
    {
        using var call = silo.Artifacts.Upload();
        await call.RequestStream.WriteAsync(new V1.UploadPart { Chunk = ByteString.CopyFromUtf8("x") });

        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task Stat_OfWhatIsNoHash_IsRefused(string hash)
    {
        var request = new V1.StatRequest { Hash = hash };
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await silo.Artifacts.StatAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task Download_OfWhatIsNotThere_IsNotFound() => Assert.Equal(
        StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => DownloadAsync(new string('b', 64), 0))).StatusCode);

    private static (byte[] Content, string Hash) Content(int bytes, int seed)
    {
        byte[] content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return (content, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private async Task<V1.StatReply> UploadAsync(string hash, byte[] content, long offset, long bytes)
    {
        using var call = silo.Artifacts.Upload();
        var header = new V1.UploadHeader { Hash = hash, Bytes = bytes, Offset = offset };
        await call.RequestStream.WriteAsync(new V1.UploadPart { Header = header });
        foreach (byte[] chunk in content.Chunk(1 << 20))
            await call.RequestStream.WriteAsync(new V1.UploadPart { Chunk = ByteString.CopyFrom(chunk) });
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private async Task<byte[]> DownloadAsync(string hash, long offset)
    {
        using var call = silo.Artifacts.Download(new V1.DownloadRequest { Hash = hash, Offset = offset });
        using var content = new MemoryStream();
        await foreach (V1.ArtifactChunk chunk in call.ResponseStream.ReadAllAsync()) chunk.Chunk.WriteTo(content);
        return content.ToArray();
    }
}
