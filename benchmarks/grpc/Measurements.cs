using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Benchmarks.Grpc;

/// <summary>Plain loops with a stopwatch; each figure is the median of several rounds after one that is thrown away.</summary>
internal sealed class Measurements(GrpcChannel channel, int rounds)
{
    private readonly CallInvoker _invoker = channel.CreateCallInvoker();

    /// <summary>Unary calls of a few bytes, in calls per second.</summary>
    public Task<double> UnaryAsync(int inFlight, int calls) => MedianAsync(calls, async () =>
    {
        byte[] request = new byte[16];
        int left = calls;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var call = _invoker.AsyncUnaryCall(RawService.Unary, null, default, request);
                await call;
            }
        }));
    });

    /// <summary>A client stream, in MiB per second.</summary>
    public Task<double> UploadAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
    {
        byte[] message = new byte[size];
        using var call = _invoker.AsyncClientStreamingCall(RawService.Upload, null, default);
        for (int i = 0; i < messages; i++)
        {
            await call.RequestStream.WriteAsync(message);
        }

        await call.RequestStream.CompleteAsync();
        await call;
    });

    /// <summary>A server stream, in MiB per second.</summary>
    public Task<double> DownloadAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
    {
        var headers = new Metadata { { "count", messages.ToString(CultureInfo.InvariantCulture) } };
        using var call = _invoker.AsyncServerStreamingCall(RawService.Download, null, new CallOptions(headers), new byte[size]);
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
        }
    });

    /// <summary>An echo that sends and receives at the same time, in MiB per second each way.</summary>
    public Task<double> ExchangeAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
    {
        byte[] message = new byte[size];
        using var call = _invoker.AsyncDuplexStreamingCall(RawService.Exchange, null, default);
        Task send = Task.Run(async () =>
        {
            for (int i = 0; i < messages; i++)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        });
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
        }

        await send;
    });

    private static double Mebibytes(int size, int messages) => (double)size * messages / (1024 * 1024);

    private async Task<double> MedianAsync(double amount, Func<Task> work)
    {
        await work();
        var rates = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await work();
            rates.Add(amount / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        rates.Sort();
        return rates[rates.Count / 2];
    }
}
