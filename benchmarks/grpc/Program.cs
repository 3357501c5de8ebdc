using System.Globalization;
using System.Net;
using Granary.Benchmarks.Grpc;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// Client and server share one process and its cores, as the figures that these are compared with did.
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
int scale = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
    kestrel.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
    kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
});
builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
WebApplication app = builder.Build();
app.MapGrpcService(RawService.Definition);
RawHttp.Map(app);
await app.StartAsync();

var address = new Uri(app.Urls.Single());
using var handler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = 4 * 1024 * 1024 };
using var http = new HttpMessageInvoker(handler);
using GrpcChannel channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null, HttpHandler = handler });
var measure = new Measurements(channel, new RawHttp(http, address), rounds);

Console.WriteLine($"{"",-26}{"per second",10}{"per CPU second",20}{"allocated",12}");
const int Small = 64 * 1024;
const int Large = 1024 * 1024;
Print("bare HTTP, one at a time", await measure.RawUnaryAsync(1, 5_000 * scale), "requests/s, B each");
Print("unary, one at a time", await measure.UnaryAsync(1, 5_000 * scale), "calls/s, B each");
Print("bare HTTP, 100 in flight", await measure.RawUnaryAsync(100, 20_000 * scale), "requests/s, B each");
Print("unary, 100 in flight", await measure.UnaryAsync(100, 20_000 * scale), "calls/s, B each");
Print("bare HTTP echo, 64 KiB", await measure.RawExchangeAsync(Small, 2_000 * scale), "MiB/s each way, B per MiB");
Print("duplex echo, 64 KiB", await measure.ExchangeAsync(Small, 2_000 * scale), "MiB/s each way, B per MiB");
Print("duplex echo, 1 MiB", await measure.ExchangeAsync(Large, 125 * scale), "MiB/s each way, B per MiB");
Print("client stream, 1 MiB", await measure.UploadAsync(Large, 125 * scale), "MiB/s, B per MiB");
Print("server stream, 1 MiB", await measure.DownloadAsync(Large, 125 * scale), "MiB/s, B per MiB");
await app.StopAsync();
await app.DisposeAsync();

static void Print(string what, Figure figure, string unit) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{what,-26}{figure.PerSecond,10:N0}{figure.PerProcessorSecond,20:N0}{figure.Allocated,12:N0}   {unit}"));
