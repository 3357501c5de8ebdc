using Granary.Silo.Telemetry;
using Granary.Silo.Wire;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Runs every gRPC call: turns errors into statuses, counts, and ends long calls when the silo stops.</summary>
internal sealed partial class RpcCalls(SiloInstruments instruments, IHostApplicationLifetime lifetime, ILogger<RpcCalls> logger)
{
    /// <summary>Runs a unary call to its end, also while the silo stops.</summary>
    public async Task<T> AnswerAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> body)
    {
        long began = instruments.Now;
        T answer = await RunAsync(context, body, context.CancellationToken);
        instruments.CallAnswered(context.Method, began);
        return answer;
    }

    /// <summary>Runs a call that waits or streams; it ends with UNAVAILABLE when the silo stops.</summary>
    public async Task<T> StreamAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> body)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        return await RunAsync(context, body, ends.Token);
    }

    /// <summary>Like <see cref="StreamAsync{T}"/>, without an answer of its own.</summary>
    public Task StreamAsync(ServerCallContext context, Func<CancellationToken, Task> body) =>
        StreamAsync(context, async cancellationToken =>
        {
            await body(cancellationToken);
            return true;
        });

    private async Task<T> RunAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> body, CancellationToken cancellationToken)
    {
        StatusCode status = StatusCode.OK;
        try
        {
            return await body(cancellationToken);
        }
        catch (Exception error)
        {
            RpcException fault = lifetime.ApplicationStopping.IsCancellationRequested && error is not RpcException
                ? RpcFaults.Stopping()
                : RpcFaults.From(error);
            status = fault.StatusCode;
            if (status == StatusCode.Internal) LogFailed(context.Method, error);
            else LogRefused(context.Method, status, fault.Status.Detail);
            throw fault;
        }
        finally
        {
            instruments.CallEnded(context.Method, status.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed.")]
    private partial void LogFailed(string method, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} ended with {Status}: {Detail}")]
    private partial void LogRefused(string method, StatusCode status, string detail);
}
