using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Sends calls: the silo's, or a client's.</summary>
internal abstract class CallRuntime
{
    [ThreadStatic]
    private static CallRuntime? _forReading;

    /// <summary>Owns the references that this thread reads.</summary>
    public static CallRuntime ForReading
    {
        get => _forReading ?? throw new SerializerException("A reference can be read from a call only.");
        set => _forReading = value;
    }

    /// <summary>The calls made here that are under way.</summary>
    public CallTracker Calls { get; } = new();

    public abstract GrainFactory Factory { get; }

    protected abstract TimeSpan ResponseTimeout { get; }

    public Task<TResult> Call<TArgs, TResult>(GrainReference target, MethodDescriptor<TArgs, TResult> method, TArgs args)
        where TArgs : struct
    {
        var token = method.Token?.Get(ref args) ?? default;
        if (token.IsCancellationRequested)
            return Task.FromCanceled<TResult>(token);
        var call = new OutgoingCall<TArgs, TResult>(this, target.GrainId, method, args, RequestContext.Current);
        try
        {
            if (!method.OneWay)
                call.Track(method.Timeout ?? ResponseTimeout, token);
            Send(target, call);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }

        return method.OneWay ? call.Sent() : call.Result;
    }

    /// <summary>Brings a call to its target. Throws when it cannot be sent.</summary>
    public abstract void Send(GrainReference target, Call call);

    /// <summary>Tells a callee in another process that the call is given up.</summary>
    public abstract void SendCancel(Call call);
}
