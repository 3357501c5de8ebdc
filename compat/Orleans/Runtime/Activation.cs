using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>One activation of a grain: its instance, its requests and its turns.</summary>
/// <remarks>
/// Everything but the queue is touched within turns only. A request that may not start waits; it is looked at again when one has ended.
/// Deactivation waits for the requests under way, so that a grain never has two instances at work.
/// </remarks>
internal sealed class Activation : IGrainContext
{
    private readonly TurnScheduler _turns;
    private readonly LinkedList<Call> _waiting = [];
    private readonly HashSet<IDisposable> _timers = [];
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _hurry = new();
    private Dictionary<Guid, int>? _reentrantSections;
    private AsyncServiceScope? _scope;
    private GrainReference? _reference;
    private EnumerationTable? _enumerations;
    private TaskCompletionSource? _quiet;
    private DeactivationReason? _endWhenActive;
    private DeactivationReason _reason;
    private Exception? _failure;
    private volatile ActivationState _state;
    private int _running;

    // Of those, the ones that keep others waiting: a call that always interleaves does not, nor does an interleaving timer's tick.
    private int _blocking;
    private int _blockingReadOnly;
    private long _keepUntil;

    public Activation(Silo silo, GrainClass grainClass, GrainId grainId)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = grainId;
        LastUse = silo.Now;
        _turns = new(this);
    }

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => _reference ??= InterfaceMap.Of(Class.MainInterface).CreateReference(GrainId, Silo);

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.Services;

    public GrainLifecycle Lifecycle { get; } = new();

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public Task Deactivated => _deactivated.Task;

    public TurnScheduler Turns => _turns;

    public EnumerationTable Enumerations => _enumerations ??= new(Silo);

    public bool HasEnumerations => _enumerations is { IsEmpty: false };

    /// <summary>When the last request started or ended, on the silo's clock.</summary>
    public long LastUse { get; private set; }

    public bool IsValid => _state == ActivationState.Valid;

    /// <summary>Signalled when the activation is to end without delay.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>Queues a request; false when the activation has ended and another one is to be made.</summary>
    public bool TryReceive(Call call)
    {
        if (_state == ActivationState.Ended)
            return false;
        if (_state == ActivationState.Created)
            _turns.Post(static activation => activation.BeginActivation());
        _turns.Post(call);
        return true;
    }

    /// <summary>Starts a request that may start now, or lets it wait. Within a turn.</summary>
    public void Take(Call call)
    {
        if (_state == ActivationState.Ended)
            Leave(call);
        else if ((_waiting.Count == 0 || Interleaves(call)) && MayStart(call))
            Start(call);
        else if (Silo.QueueLimit is > 0 and var limit && _waiting.Count >= limit)
            call.Fail(new LimitExceededException("MaxEnqueuedRequests", _waiting.Count, limit, this));
        else
            _waiting.AddLast(call);
    }

    /// <summary>Starts what waits and may start. Within a turn, after each piece of work.</summary>
    public void StartWaiting()
    {
        while (_waiting.First is { } first && MayStart(first.Value))
        {
            _waiting.RemoveFirst();
            Start(first.Value);
        }

        if (_state == ActivationState.Deactivating && _running == 0 && _quiet is { } quiet)
        {
            _quiet = null;
            quiet.SetResult();
        }
    }

    /// <summary>A request has ended. Within a turn.</summary>
    public void Ended(Call call)
    {
        _running--;
        Block(call, -1);
        if (call.KeepsAlive)
            LastUse = Silo.Now;
    }

    public void Add(IDisposable timer)
    {
        lock (_timers)
            _timers.Add(timer);
    }

    public void Remove(IDisposable timer)
    {
        lock (_timers)
            _timers.Remove(timer);
    }

    public void EnterReentrantSection(Guid id)
    {
        _reentrantSections ??= [];
        _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
    }

    public void LeaveReentrantSection(Guid id)
    {
        if (_reentrantSections is null || !_reentrantSections.TryGetValue(id, out int depth))
            return;
        if (depth == 1)
            _reentrantSections.Remove(id);
        else
            _reentrantSections[id] = depth - 1;
    }

    public void DelayDeactivation(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan || time > TimeSpan.FromDays(3650))
            _keepUntil = long.MaxValue;
        else
            _keepUntil = time < TimeSpan.Zero ? 0 : Silo.Now + (long)time.TotalMilliseconds;
    }

    /// <summary>Whether nobody has used the activation for its collection age.</summary>
    public bool IsIdle(long now) => _state == ActivationState.Valid && _running == 0 && !Class.KeepAlive && now >= _keepUntil
        && now - LastUse >= (long)Class.CollectionAge.TotalMilliseconds;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
            cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _hurry);
        _turns.Post(activation => activation.BeginDeactivation(deactivationReason));
    }

    public override string ToString() => $"{GrainId} {ActivationId} ({_state})";

    private bool Interleaves(Call call) => Class.Reentrant || call.AlwaysInterleave || IsCallBack(call) || (call.ReadOnly && _blockingReadOnly == _blocking);

    private bool IsCallBack(Call call) =>
        _reentrantSections is { Count: > 0 } sections && call.Context is { } context && sections.ContainsKey(context.ReentrancyId);

    private bool MayStart(Call call) => _state switch
    {
        ActivationState.Valid => _blocking == 0 || Interleaves(call),
        // The requests under way are waited for, and may depend on calls back into this grain.
        ActivationState.Deactivating => _running > 0 && IsCallBack(call),
        _ => false,
    };

    private void Block(Call call, int change)
    {
        if (call.AlwaysInterleave)
            return;
        _blocking += change;
        if (call.ReadOnly)
            _blockingReadOnly += change;
    }

    private void Start(Call call)
    {
        if (call.IsAbandoned && Silo.DropsExpired)
            return;
        _running++;
        Block(call, 1);
        if (call.KeepsAlive)
            LastUse = Silo.Now;
        _ = call.RunAsync(GrainInstance!, this);
    }

    private void BeginActivation()
    {
        if (_state != ActivationState.Created)
            return;
        _state = ActivationState.Activating;
        _ = ActivateAsync();
    }

    private async Task ActivateAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Silo.Stopping);
        timeout.CancelAfter(Silo.ActivationTimeout);
        try
        {
            _scope = Silo.Services.CreateAsyncScope();
            GrainInstance = Class.CreateInstance(this);
            var grain = (IGrainBase)GrainInstance;
            if (grain is ILifecycleParticipant<IGrainLifecycle> participant)
                participant.Participate(Lifecycle);
            Lifecycle.Subscribe("grain", GrainLifecycleStage.Activate, grain.OnActivateAsync, token => grain.OnDeactivateAsync(_reason, token));
            await Lifecycle.StartAsync(timeout.Token).ConfigureAwait(true);
            _state = ActivationState.Valid;
            Instruments.ActivationCreated();
            if (_endWhenActive is { } reason)
                Deactivate(reason);
        }
        catch (Exception exception)
        {
            Silo.Log.ActivationFailed(exception, GrainId);
            await EndAsync(exception).ConfigureAwait(true);
        }
    }

    private void BeginDeactivation(DeactivationReason reason)
    {
        if (_state == ActivationState.Activating)
        {
            // Asked for within OnActivateAsync: the request it was made for comes first.
            _endWhenActive = reason;
            return;
        }

        if (_state != ActivationState.Valid)
            return;
        _reason = reason;
        _state = ActivationState.Deactivating;
        _ = DeactivateAsync();
    }

    private async Task DeactivateAsync()
    {
        if (_running > 0)
        {
            _quiet = new();
            await Task.WhenAny(_quiet.Task, Silo.StopDeadline).ConfigureAwait(true);
        }

        StopTimers();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_hurry.Token);
        timeout.CancelAfter(Silo.DeactivationTimeout);
        try
        {
            await Enumerations.DisposeAsync().ConfigureAwait(true);
            await Lifecycle.StopAsync(timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(exception, GrainId);
        }

        await EndAsync(null).ConfigureAwait(true);
    }

    // What still waits goes to the next activation, or fails with the exception that ended this one.
    private async Task EndAsync(Exception? failure)
    {
        _failure = failure;
        try
        {
            await GrainClass.DisposeInstanceAsync(GrainInstance).ConfigureAwait(true);
            if (_scope is { } scope)
                await scope.DisposeAsync().ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(exception, GrainId);
        }

        _state = ActivationState.Ended;
        Silo.Forget(this);
        _deactivated.TrySetResult();
        if (failure is null)
            Instruments.ActivationDestroyed();
        foreach (var call in _waiting)
            Leave(call);
        _waiting.Clear();
    }

    private void Leave(Call call)
    {
        if (_failure is null)
            Silo.Redirect(call);
        else
            call.Fail(_failure);
    }

    private void StopTimers()
    {
        IDisposable[] timers;
        lock (_timers)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Dispose();
    }
}
