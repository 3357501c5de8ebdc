using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A call made in this process: its target may be in it or not.</summary>
internal abstract class OutgoingCall(GrainId target, RequestContextData? context) : Call(target, context)
{
    public abstract MethodDescriptor Method { get; }

    public override string Name => Method.Name;

    public override bool AlwaysInterleave => Method.AlwaysInterleave;

    public override bool ReadOnly => Method.ReadOnly;

    /// <summary>Place in the <see cref="CallTracker"/>, which owns these three.</summary>
    public OutgoingCall? Previous { get; set; }

    public OutgoingCall? Next { get; set; }

    public int Stripe { get; set; } = -1;

    /// <summary>When to give up, on <see cref="Environment.TickCount64"/>'s clock.</summary>
    public long Deadline { get; protected set; } = long.MaxValue;

    /// <summary>The number under which the answer comes, and the connection it went to; set for calls to another process.</summary>
    public ulong Correlation { get; set; }

    public Connection? Connection { get; set; }

    /// <summary>How long the callee has, in milliseconds.</summary>
    public long TimeLeft => Math.Max(0, Deadline - Environment.TickCount64);

    /// <summary>Takes the arguments as they are now: the caller may change its objects afterwards.</summary>
    public abstract void CopyArguments();

    public abstract void WriteArguments(WireWriter writer);

    public abstract void ReadResult(WireReader reader);

    public abstract void TimeOut();
}
