namespace Orleans.Runtime;

/// <summary>A call from another process, with its arguments.</summary>
internal sealed class IncomingCall<TArgs, TResult> : IncomingCall, ICallOf<TArgs, TResult>
    where TArgs : struct
{
    private readonly MethodDescriptor<TArgs, TResult> _method;
    private readonly CancellationTokenSource? _stop;
    private TArgs _args;
    private volatile bool _isCanceled;

    public IncomingCall(MethodDescriptor<TArgs, TResult> method, IncomingRequest request)
        : base(request)
    {
        _method = method;
        _args = method.ArgsCodec.Read(request.Reader);
        if (!method.TakesToken || request.OneWay)
            return;
        _stop = new();
        method.Token!.Set(ref _args, _stop.Token);
        Connection.Track(this);
    }

    public MethodDescriptor<TArgs, TResult> Descriptor => _method;

    public ref TArgs Arguments => ref _args;

    public override string Name => _method.Name;

    public override bool AlwaysInterleave => _method.AlwaysInterleave;

    public override bool ReadOnly => _method.ReadOnly;

    public override bool IsAbandoned => _isCanceled || Environment.TickCount64 > Deadline;

    public override Task RunAsync(object instance, Activation? activation) => CallRunner.RunAsync(this, instance, activation);

    public void Complete(TResult result)
    {
        Forget();
        if (!OneWay)
            Connection.SendResult(Correlation, _method.ResultCodec, result);
    }

    public override void Fail(Exception exception)
    {
        Forget();
        if (!OneWay)
            Connection.SendException(Correlation, exception);
    }

    public override void Cancel()
    {
        _isCanceled = true;
        _stop?.Cancel();
    }

    private void Forget()
    {
        if (_stop is not null)
            Connection.Untrack(this);
    }
}
