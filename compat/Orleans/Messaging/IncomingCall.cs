namespace Orleans.Runtime;

/// <summary>A call from another process; the answer goes back over its connection.</summary>
internal abstract class IncomingCall(IncomingRequest request) : Call(request.Target, request.Context)
{
    public ulong Correlation { get; } = request.Correlation;

    public Connection Connection { get; } = request.Connection;

    protected bool OneWay { get; } = request.OneWay;

    protected long Deadline { get; } = request.Deadline;

    /// <summary>The caller has given up.</summary>
    public abstract void Cancel();
}
