using Grpc.Core;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>Messages of a hand-made marshaller.</summary>
public sealed class MessageTests
{
    /// <summary>
    /// Relied on by src/Trainer/Collectives/CollectiveMethods.cs and RingFrame.cs: tensor bytes cross without protobuf, written from one
    /// array or through the writer, and read from the payload's own segments.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_048_609)]
    public async Task Message_WrittenAndReadByItsContext_ArrivesByteForByte(int length)
    {
        await using BlobHost host = await BlobHost.StartAsync();
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Blob answer = await host.UnaryAsync(bytes);

        Assert.True(bytes.AsSpan().SequenceEqual(answer.Bytes));
        Assert.True(answer.Whole);
    }

    /// <summary>
    /// Relied on by the limits of src/Silo/SiloComposition.cs and of each channel: a receiver's limit is 4 MiB unless it is raised, and who
    /// exceeds it hears RESOURCE_EXHAUSTED.
    /// </summary>
    [Theory]
    [InlineData((4 << 20) + 1, 1)]
    [InlineData((8 << 20) + 1, 0)]
    public async Task Message_AboveTheReceiversLimit_EndsInResourceExhausted(int length, int reachedTheServer)
    {
        await using BlobHost host = await BlobHost.StartAsync();
        int seen = 0;
        host.Service.OnUnary = (request, _) =>
        {
            seen++;
            return Task.FromResult(request);
        };

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => host.UnaryAsync(new byte[length]));

        Assert.Equal((StatusCode.ResourceExhausted, reachedTheServer), (error.StatusCode, seen));
    }
}
