using System.Net;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>Requests that no client sends. Each gets its status, and the next proper call is served.</summary>
public sealed class MalformedRequestTests
{
    public static TheoryData<string, byte[], string> Bodies => new()
    {
        { "empty", [], "13" },
        { "half a header", [0, 0], "13" },
        { "a header only", [0, 0, 0, 0, 9], "13" },
        { "half a message", [0, 0, 0, 0, 9, 1, 2], "13" },
        { "two messages", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "13" },
        { "trailing garbage", [0, 0, 0, 0, 0, 7], "13" },
        { "unknown flag", [2, 0, 0, 0, 0], "13" },
        { "compressed without encoding", [1, 0, 0, 0, 0], "13" },
        { "longer than allowed", [0, 0, 0x40, 0, 1], "8" },
        { "longest possible", [0, 0xFF, 0xFF, 0xFF, 0xFF], "8" },
        { "not protobuf", [0, 0, 0, 0, 2, 0xFF, 0xFF], "2" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Unary_MalformedBody_StatusAndServerLives(string what, byte[] body, string expected)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync("Unary", body);

        Assert.Equal((what, HttpStatusCode.OK, expected), (what, response.StatusCode, await RawClient.StatusAsync(response)));
        Assert.Equal("alive", (await host.Client.UnaryAsync(new EchoRequest { Text = "alive" })).Text);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Duplex_MalformedBody_EndsWithAStatus(string what, byte[] body, string expected)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var client = new RawClient(host.Address);
        bool isFine = what is "empty" or "two messages";

        using HttpResponseMessage response = await client.PostAsync("Duplex", body);

        Assert.Equal((what, isFine ? "0" : expected), (what, await RawClient.StatusAsync(response)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/grpcx")]
    [InlineData("application/json")]
    public async Task Unary_OtherContentType_UnsupportedMediaType(string contentType)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync("Unary", [0, 0, 0, 0, 0], contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task Unary_ContentTypeWithSuffix_Served(string contentType)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync("Unary", [0, 0, 0, 0, 0], contentType: contentType);

        Assert.Equal("0", await RawClient.StatusAsync(response));
    }

    [Fact]
    public async Task Unary_UnknownEncoding_Unimplemented()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync(
            "Unary", [1, 0, 0, 0, 0], request => request.Headers.Add("grpc-encoding", "snappy"));

        Assert.Equal("12", await RawClient.StatusAsync(response));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    [InlineData("5")]
    [InlineData("5x")]
    public async Task Unary_MalformedTimeout_ServedWithoutDeadline(string timeout)
    {
        DateTime seen = default;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.Deadline;
                return Task.FromResult(new EchoReply());
            },
        });
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync(
            "Unary", [0, 0, 0, 0, 0], request => request.Headers.Add("grpc-timeout", timeout));

        Assert.Equal("0", await RawClient.StatusAsync(response));
        Assert.Equal(DateTime.MaxValue, seen);
    }

    [Fact]
    public async Task Unary_BinaryHeaderNotBase64_CallFailsOnlyWhenRead()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) => Task.FromResult(new EchoReply { Index = context.RequestHeaders.Count }),
        });
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync(
            "Unary", [0, 0, 0, 0, 0], request => request.Headers.Add("x-bin", "*"));

        Assert.NotEqual("0", await RawClient.StatusAsync(response));
    }

    [Fact]
    public async Task Unary_ConnectionDropsInsideARequest_HandlerIsNotReached()
    {
        bool reached = false;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) =>
            {
                reached = true;
                return Task.FromResult(new EchoReply());
            },
        });

        using (var client = new RawClient(host.Address))
        using (var cancellation = new CancellationTokenSource())
        {
            var body = new TaskCompletionSource();
            Task request = client.PostAsync("Unary", [], message => message.Content = new HangingContent(body, cancellation.Token));
            await body.Task.WaitAsync(EchoHost.Patience);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => request);
        }

        using var call = host.Client.ServerStream(new EchoRequest { Count = 1 });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.False(reached);
    }

    private sealed class HangingContent : HttpContent
    {
        private readonly TaskCompletionSource _started;
        private readonly CancellationToken _token;

        public HangingContent(TaskCompletionSource started, CancellationToken token)
        {
            (_started, _token) = (started, token);
            Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 1, 0, 1, 2, 3 }, _token);
            await stream.FlushAsync(_token);
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, _token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
