namespace Granary.Trainer.Collectives;

/// <summary>Whether a ring still holds. The first failure counts, wakes everybody who waits, and is what every later call throws.</summary>
internal sealed class RingHealth : IDisposable
{
    private readonly CancellationTokenSource _broken = new();
    private string? _reason;
    private volatile string _activity = "";
    private object? _call;

    /// <summary>A ring that holds.</summary>
    public RingHealth() => Broken = _broken.Token;

    /// <summary>Cancelled at the first failure; it may be asked for after the ring was given back, too.</summary>
    public CancellationToken Broken { get; }

    /// <summary>Why the ring broke; null while it holds.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>What the ranks are doing, in words such as <c>step 120, bucket 2</c>.</summary>
    public string Activity
    {
        get => _activity;
        set => _activity = value;
    }

    /// <summary>The node of each rank, in order of rank; empty where nobody said.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = [];

    /// <summary>The collective that is under way, in words; null between two.</summary>
    public object? Call
    {
        get => Volatile.Read(ref _call);
        set => Volatile.Write(ref _call, value);
    }

    /// <summary>The end of a message that says what the ranks were doing; empty when nobody said.</summary>
    public string During => (Activity, Call) switch
    {
        ("", null) => "",
        ("", { } call) => $" (during {call})",
        ({ } activity, null) => $" (during {activity})",
        ({ } activity, { } call) => $" (during {activity}, {call})",
    };

    /// <summary>
    /// Tells the other ranks the reason; runs once, before anybody here is woken.
    /// </summary>
    public Func<string, Task>? Tell { get; set; }

    /// <summary>
    /// Ends when the other ranks have been told. A rank's streams stay until then, so that its peers hear the reason before the loss.
    /// </summary>
    public Task Told { get; private set; } = Task.CompletedTask;

    /// <summary>A rank as messages name it, such as <c>Rank 1 on node-b</c>.</summary>
    /// <param name="rank">The rank.</param>
    public string NameOf(int rank) => rank < Nodes.Count ? $"Rank {rank} on {Nodes[rank]}" : $"Rank {rank}";

    /// <summary>Records a failure that was noticed here.</summary>
    /// <param name="reason">What happened.</param>
    public void Fail(string reason) => Record(reason + During);

    /// <summary>
    /// Records a failure that a peer noticed, in its words, and passes it on: others may be out of that peer's reach.
    /// </summary>
    /// <param name="reason">What happened.</param>
    public void FailFromPeer(string reason) => Record(reason);

    /// <summary>
    /// Records a failure and returns what the caller throws: the first failure's words, for later ones only follow from it.
    /// </summary>
    /// <param name="reason">What happened.</param>
    public CollectiveException Failed(string reason)
    {
        Fail(reason);
        return new CollectiveException(Reason!);
    }

    /// <summary>Does nothing while the ring holds.</summary>
    /// <exception cref="CollectiveException">It is broken.</exception>
    public void ThrowIfBroken()
    {
        if (Reason is { } reason) throw new CollectiveException(reason);
    }

    /// <inheritdoc/>
    public void Dispose() => _broken.Dispose();

    private void Record(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null) return;
        if (Tell is { } tell) Told = tell(reason);
        try
        {
            _broken.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The ring was given back meanwhile; nobody waits for it any more.
        }
    }
}
