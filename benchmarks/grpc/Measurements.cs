using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Benchmarks.Grpc;

/// <summary>
/// Plain loops with a stopwatch; each figure is the median of several rounds after one that is thrown away. The processor time of
/// client and server together is measured too: it stays put on a machine that does other work.
/// </summary>
internal sealed class Measurements(GrpcChannel channel, RawHttp raw, int rounds)
{
    private readonly CallInvoker _invoker = channel.CreateCallInvoker();

    /// <summary>Bare HTTP requests of a few bytes, in requests per second.</summary>
    public Task<Figure> RawUnaryAsync(int inFlight, int calls) => MedianAsync(calls, () =>
    {
        byte[] request = new byte[16];
        return SpreadAsync(inFlight, calls, () => raw.CallAsync(request));
    });

    /// <summary>A bare HTTP echo that sends and receives at the same time, in MiB per second each way.</summary>
    public Task<Figure> RawExchangeAsync(int size, int messages) =>
        MedianAsync(Mebibytes(size, messages), () => raw.ExchangeAsync(new byte[size], messages));

    /// <summary>Unary calls of a few bytes, in calls per second.</summary>
    public Task<Figure> UnaryAsync(int inFlight, int calls) => MedianAsync(calls, () =>
    {
        byte[] request = new byte[16];
        return SpreadAsync(inFlight, calls, async () =>
        {
            using var call = _invoker.AsyncUnaryCall(RawService.Unary, null, default, request);
            await call;
        });
    });

    /// <summary>A client stream, in MiB per second.</summary>
    public Task<Figure> UploadAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
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
    public Task<Figure> DownloadAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
    {
        var headers = new Metadata { { "count", messages.ToString(CultureInfo.InvariantCulture) } };
        using var call = _invoker.AsyncServerStreamingCall(RawService.Download, null, new CallOptions(headers), new byte[size]);
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
        }
    });

    /// <summary>An echo that sends and receives at the same time, in MiB per second each way.</summary>
    public Task<Figure> ExchangeAsync(int size, int messages) => MedianAsync(Mebibytes(size, messages), async () =>
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

    private static Task SpreadAsync(int inFlight, int calls, Func<Task> call)
    {
        int left = calls;
        return Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await call();
            }
        }));
    }

    private static double Mebibytes(int size, int messages) => (double)size * messages / (1024 * 1024);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private async Task<Figure> MedianAsync(double amount, Func<Task> work)
    {
        await work();
        var figures = new List<Figure>();
        for (int i = 0; i < rounds; i++)
        {
            long allocated = GC.GetTotalAllocatedBytes();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            await work();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            figures.Add(new Figure(
                amount / elapsed.TotalSeconds,
                amount / (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
                (GC.GetTotalAllocatedBytes() - allocated) / amount));
        }

        return new Figure(
            Median(figures.Select(figure => figure.PerSecond)),
            Median(figures.Select(figure => figure.PerProcessorSecond)),
            Median(figures.Select(figure => figure.Allocated)));
    }
}
