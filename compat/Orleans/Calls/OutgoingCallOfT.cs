using System.Diagnostics;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A call made in this process, with the task its caller awaits. It ends once: with an answer, a failure, a timeout or a cancellation.</summary>
internal sealed class OutgoingCall<TArgs, TResult> : OutgoingCall, ICallOf<TArgs, TResult>
    where TArgs : struct
{
    private readonly CallRuntime _runtime;
    private readonly MethodDescriptor<TArgs, TResult> _method;
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;
    private TArgs _args;
    private TimeSpan _timeout;
    private long _started;

    public OutgoingCall(CallRuntime runtime, GrainId target, MethodDescriptor<TArgs, TResult> method, TArgs args, RequestContextData? context)
        : base(target, context)
    {
        _runtime = runtime;
        _method = method;
        _args = args;
    }

    public override MethodDescriptor Method => _method;

    public MethodDescriptor<TArgs, TResult> Descriptor => _method;

    public ref TArgs Arguments => ref _args;

    public override bool IsAbandoned => _completion.Task.IsCompleted;

    public Task<TResult> Result => _completion.Task;

    public void Track(TimeSpan timeout, CancellationToken token)
    {
        _timeout = timeout;
        Deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        if (Instruments.MeasuresLatency)
            _started = Stopwatch.GetTimestamp();
        _runtime.Calls.Add(this);
        if (token.CanBeCanceled)
            _registration = token.UnsafeRegister(static (call, token) => ((OutgoingCall<TArgs, TResult>)call!).Cancel(token), this);
    }

    /// <summary>The answer of a one-way call: its own failure to be sent, or nothing.</summary>
    public Task<TResult> Sent() => _completion.Task.IsCompleted ? _completion.Task : Task.FromResult<TResult>(default!);

    public override void CopyArguments() => _args = _method.CopyArgs(_args);

    public override void WriteArguments(WireWriter writer) => _method.ArgsCodec.Write(writer, _args);

    public override void ReadResult(WireReader reader) => Finish(_method.ResultCodec.Read(reader));

    public override Task RunAsync(object instance, Activation? activation) => CallRunner.RunAsync(this, instance, activation);

    public void Complete(TResult result) => Finish(_method.CopyResult(result));

    public override void Fail(Exception exception)
    {
        if (!_completion.TrySetException(exception))
            return;
        Forget();
        // A one-way caller does not look: its failures must not end as unobserved ones.
        _ = _completion.Task.Exception;
    }

    public override void TimeOut()
    {
        if (!_completion.TrySetException(new TimeoutException(
            $"Response did not arrive on time in {_timeout} for {this}. The grain may still be running the request.")))
        {
            return;
        }

        Instruments.TimedOut(Target.Type);
        CancelCallee();
        Forget();
    }

    private void Cancel(CancellationToken token)
    {
        if (!_completion.TrySetCanceled(token))
            return;
        Instruments.Canceled(Target.Type);
        CancelCallee();
        Forget();
    }

    private void CancelCallee()
    {
        if (Connection is not null && _method.TakesToken)
            _runtime.SendCancel(this);
    }

    private void Finish(TResult result)
    {
        if (_completion.TrySetResult(result))
            Forget();
    }

    private void Forget()
    {
        _runtime.Calls.Remove(this);
        Connection?.Forget(this);
        _registration.Unregister();
        if (_started != 0)
            Instruments.Latency(Stopwatch.GetElapsedTime(_started));
    }
}
