namespace Granary.Trainer.Collectives;

/// <summary>
/// One rank's rings, one after another: when a rank was lost, those that are left listen anew, join with whoever takes its place, and whoever
/// holds this goes on with the next ring as with the one before. Frames, aborts and callers of an earlier ring are strangers to a later one.
/// </summary>
/// <param name="member">This rank; its number of the ring is where this one begins.</param>
/// <param name="address">Host that the other ranks reach, see <see cref="CollectiveHost.StartAsync"/>.</param>
/// <param name="options">Sizes and deadlines.</param>
/// <param name="time">The clock.</param>
internal sealed class ElasticRing(RingMember member, string address, RingOptions options, TimeProvider time) : ICollective
{
    private RingMember _member = member;
    private CollectiveHost? _host;
    private bool _listened;
    private volatile ICollective? _ring;

    /// <inheritdoc/>
    public int Rank => _member.Rank;

    /// <inheritdoc/>
    public int WorldSize => _member.WorldSize;

    /// <summary>Counts the attempt's rings, from 0: the one that this rank is in, or listens for.</summary>
    public int Number => _member.Ring;

    /// <inheritdoc/>
    public string Activity
    {
        get => Current.Activity;
        set => Current.Activity = value;
    }

    /// <inheritdoc/>
    public CollectiveException? Failure => Current.Failure;

    /// <inheritdoc/>
    public CancellationToken Broken => Current.Broken;

    private CollectiveHost Host => _host ?? throw new InvalidOperationException("A rank listens before it joins.");

    private ICollective Current => _ring ?? throw new InvalidOperationException("The ranks have not joined yet.");

    /// <summary>The node of each rank, in order of rank, for messages about them; set between listening and joining, or never.</summary>
    public IReadOnlyList<string> Nodes
    {
        set => Host.Nodes = value;
    }

    /// <summary>Leaves the ring that was, if there was one, and listens for the next.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>host:port at which the other ranks reach this one.</returns>
    public Task<string> ListenAsync(CancellationToken cancellationToken) =>
        ListenAsync(_listened ? Number + 1 : Number, cancellationToken);

    /// <summary>The same for a later ring: those between were given up before this rank was in them.</summary>
    /// <param name="ring">Its number.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>host:port at which the other ranks reach this one.</returns>
    public async Task<string> ListenAsync(int ring, CancellationToken cancellationToken)
    {
        _member = _member with { Ring = ring };
        _listened = true;
        await LeaveAsync();
        var patient = ring == 0 ? options : options with { ConnectDeadline = options.ReconnectDeadline };
        _host = await CollectiveHost.StartAsync(_member, address, patient, cancellationToken);
        return _host.Endpoint;
    }

    /// <summary>Joins the ring that <see cref="ListenAsync(CancellationToken)"/> listens for.</summary>
    /// <param name="endpoints">host:port of every rank, in order of rank.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CollectiveException">A rank could not be reached in time, or refused.</exception>
    public async Task JoinAsync(IReadOnlyList<string> endpoints, CancellationToken cancellationToken) =>
        _ring = await Host.JoinAsync(endpoints, time, cancellationToken);

    /// <inheritdoc/>
    public Task AllReduceAsync(Memory<float> values, ReduceKind kind, TimeSpan patience, CancellationToken cancellationToken) =>
        Current.AllReduceAsync(values, kind, patience, cancellationToken);

    /// <inheritdoc/>
    public Task AllReduceAsync(IDeviceValues values, TimeSpan patience, CancellationToken cancellationToken) =>
        Current.AllReduceAsync(values, patience, cancellationToken);

    /// <inheritdoc/>
    public Task AllGatherAsync(ReadOnlyMemory<byte> own, Memory<byte> all, TimeSpan patience, CancellationToken cancellationToken) =>
        Current.AllGatherAsync(own, all, patience, cancellationToken);

    /// <inheritdoc/>
    public Task BroadcastAsync(Memory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken) =>
        Current.BroadcastAsync(bytes, patience, cancellationToken);

    /// <inheritdoc/>
    public Task BarrierAsync(TimeSpan patience, CancellationToken cancellationToken) => Current.BarrierAsync(patience, cancellationToken);

    /// <inheritdoc/>
    public void Abort(string reason) => _ring?.Abort(reason);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await LeaveAsync();

    // The last ring stays what it says it is: whoever asks between two rings hears that it is broken.
    private async ValueTask LeaveAsync()
    {
        if (_ring is { } ring) await ring.DisposeAsync();
        if (_host is { } host) await host.DisposeAsync();
        _host = null;
    }
}
