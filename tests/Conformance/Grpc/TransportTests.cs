using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Granary.Conformance.Grpc.Tests;

public sealed class TransportTests
{
    [Fact]
    public async Task Tls_TrustedCertificate_CallsAndCredentialsTravel()
    {
        string? authorization = null;
        using X509Certificate2 certificate = MakeCertificate("localhost");
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour
            {
                Unary = (request, context) =>
                {
                    authorization = context.RequestHeaders.GetValue("authorization");
                    return Task.FromResult(new EchoReply { Text = request.Text });
                },
            },
            Listen = listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(certificate);
            },
            Channel = new GrpcChannelOptions
            {
                HttpHandler = Trusting(certificate),
                DisposeHttpClient = true,
                Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, CallCredentials.FromInterceptor((_, metadata) =>
                {
                    metadata.Add("authorization", "secret");
                    return Task.CompletedTask;
                })),
            },
        });

        EchoReply reply = await host.Client.UnaryAsync(new EchoRequest { Text = "private" });

        Assert.Equal(("private", "secret"), (reply.Text, authorization));
    }

    [Fact]
    public async Task Tls_UnknownCertificate_Unavailable()
    {
        using X509Certificate2 certificate = MakeCertificate("localhost");
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Listen = listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(certificate);
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.NotEqual(StatusCode.OK, e.StatusCode);
        Assert.Contains("SSL", e.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ClientCertificate_IsTheCallersIdentity()
    {
        bool authenticated = false;
        string[] names = [];
        using X509Certificate2 server = MakeCertificate("localhost");
        using X509Certificate2 client = MakeCertificate("worker-7");
        SocketsHttpHandler handler = Trusting(server);
        handler.SslOptions.ClientCertificates = [client];
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour
            {
                Unary = (_, context) =>
                {
                    authenticated = context.AuthContext.IsPeerAuthenticated;
                    names = [.. context.AuthContext.PeerIdentity.Select(property => property.Value)];
                    return Task.FromResult(new EchoReply());
                },
            },
            Listen = listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(server, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) => certificate.Thumbprint == client.Thumbprint;
                });
            },
            Channel = new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true },
        });

        await host.Client.UnaryAsync(new EchoRequest());

        Assert.True(authenticated);
        Assert.Equal(["worker-7"], names);
    }

    [Fact]
    public async Task Stop_CallsInFlight_FinishBeforeTheServerIsGone()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return new EchoReply { Text = "done" };
            },
        });

        using var call = host.Client.UnaryAsync(new EchoRequest());
        await entered.Task.WaitAsync(EchoHost.Patience);
        Task stop = host.StopAsync();
        release.SetResult();

        Assert.Equal("done", (await call).Text);
        await stop.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Stop_NoPatience_CallsEndAndHandlersAreCancelled()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = async (_, _, context) =>
            {
                using var registration = context.CancellationToken.Register(cancelled.SetResult);
                entered.SetResult();
                await cancelled.Task;
            },
        });

        using var call = host.Client.Duplex();
        Task<bool> read = call.ResponseStream.MoveNext(CancellationToken.None);
        await entered.Task.WaitAsync(EchoHost.Patience);
        await host.StopAsync(new CancellationToken(true));

        await Assert.ThrowsAsync<RpcException>(() => read.WaitAsync(EchoHost.Patience));
        await cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task KeepAlive_NetworkGoesSilent_CallEnds()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new EchoReply();
            },
        });
        await using var network = new FragileNetwork(host.Address.Port);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{network.Port}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = TimeSpan.FromSeconds(1),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
            },
            DisposeHttpClient = true,
        });

        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        await entered.Task.WaitAsync(EchoHost.Patience);
        network.Silence();

        var e = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(EchoHost.Patience));

        // SocketsHttpHandler reports the missing answer as a protocol error, which the specification's table makes Internal.
        Assert.Contains(e.StatusCode, (StatusCode[])[StatusCode.Internal, StatusCode.Unavailable]);
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("unix:/tmp/x")]
    public void ForAddress_NotHttp_Throws(string address) => Assert.ThrowsAny<Exception>(() => GrpcChannel.ForAddress(address));

    [Fact]
    public void ForAddress_CredentialsAgainstScheme_Throws() => Assert.Throws<InvalidOperationException>(
        () => GrpcChannel.ForAddress("http://localhost:1", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));

    [Fact]
    public void ForAddress_ClientAndHandler_Throws()
    {
        using var client = new HttpClient();
        using var handler = new SocketsHttpHandler();

        Assert.Throws<ArgumentException>(
            () => GrpcChannel.ForAddress("http://localhost:1", new GrpcChannelOptions { HttpClient = client, HttpHandler = handler }));
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, remote, _, _) => remote?.GetCertHashString() == certificate.GetCertHashString(),
        },
    };

    private static X509Certificate2 MakeCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
