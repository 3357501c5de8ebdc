using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The grains of this process: finds or makes the activation a call is for, ends idle ones, and ends all at the stop.</summary>
internal sealed class Silo : CallRuntime
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();
    private readonly TaskCompletionSource _stopDeadline = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly GrainCollectionOptions _collection;
    private readonly SiloMessagingOptions _messaging;
    private readonly ObserverTable _observers;
    private readonly long _startedAt;
    private ITimer? _housekeeping;
    private long _nextCollection;
    private volatile bool _isStopping;

    public Silo(SiloServices services)
    {
        Services = services.Provider;
        Clock = services.Clock;
        Log = services.LoggerFactory.CreateLogger("Orleans.Silo");
        _collection = services.Collection.Value;
        _messaging = services.Messaging.Value;
        _observers = new($"silo-{Guid.NewGuid():N}");
        _startedAt = Clock.GetTimestamp();
        Gateway = new(this, services);
        Manifest = Discover();
        Factory = new(this, () => Manifest, _observers, Services);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public ILogger Log { get; }

    public Gateway Gateway { get; }

    public GrainManifest Manifest { get; }

    public override GrainFactory Factory { get; }

    /// <summary>Milliseconds since the silo was made, to within the period of the housekeeping.</summary>
    public long Now { get; private set; }

    public int QueueLimit => _messaging.MaxEnqueuedRequestsHardLimit;

    public bool DropsExpired => _messaging.DropExpiredMessages;

    public int LargestMessage => _messaging.MaxMessageBodySize;

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    /// <summary>How long an enumeration waits for an item before it answers without one.</summary>
    public TimeSpan Patience => _messaging.ResponseTimeout / 3;

    /// <summary>Signalled when the silo stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Done when a stop has no time left to wait for requests under way.</summary>
    public Task StopDeadline => _stopDeadline.Task;

    public int ActivationCount => _activations.Count;

    public int ClassCount => _classes.Count;

    public bool IsStopping => _isStopping;

    protected override TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    public void Start()
    {
        _nextCollection = (long)_collection.CollectionQuantum.TotalMilliseconds;
        var period = TimeSpan.FromMilliseconds(100);
        _housekeeping = Clock.CreateTimer(static silo => ((Silo)silo!).KeepHouse(), this, period, period);
    }

    public override void Send(GrainReference target, Call call)
    {
        if (call.Target.Type == ObserverTable.ClientType)
        {
            SendToObserver(call);
            return;
        }

        ((OutgoingCall)call).CopyArguments();
        if (target.Route is Activation known && known.IsValid && known.TryReceive(call))
            return;
        target.Route = Deliver(call);
    }

    /// <summary>A call from a client.</summary>
    public void Receive(Call call)
    {
        if (_isStopping)
            call.Fail(Unavailable(call));
        else if (call.Target.Type == ObserverTable.ClientType)
            SendToObserver(call);
        else
            Deliver(call);
    }

    /// <summary>A call whose activation has ended before it ran.</summary>
    public void Redirect(Call call)
    {
        if (!call.MovesOn)
            return;
        try
        {
            Deliver(call);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
    }

    public override void SendCancel(Call call) => ((OutgoingCall)call).Connection?.SendCancel((OutgoingCall)call);

    public void Forget(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    /// <summary>Ends all activations: calls from outside are refused, those between grains still reach activations that are there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        Log.SiloStopping(_activations.Count);
        using var registration = cancellationToken.UnsafeRegister(static done => ((TaskCompletionSource)done!).TrySetResult(), _stopDeadline);
        using var deadline = Clock.CreateTimer(
            static done => ((TaskCompletionSource)done!).TrySetResult(), _stopDeadline, _collection.DeactivationTimeout, Timeout.InfiniteTimeSpan);
        var ended = Task.WhenAll(_activations.Values.Select(static activation =>
        {
            activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops"));
            return activation.Deactivated;
        }));
        var hardLimit = Task.Delay(_collection.DeactivationTimeout * 2, Clock, CancellationToken.None);
        await Task.WhenAny(ended, hardLimit).ConfigureAwait(false);
        if (!_activations.IsEmpty)
            Log.ActivationsLeft(_activations.Count);
        await _stopping.CancelAsync().ConfigureAwait(false);
        Calls.FailAll(new SiloUnavailableException("The silo has stopped."));
        if (_housekeeping is not null)
            await _housekeeping.DisposeAsync().ConfigureAwait(false);
    }

    private static SiloUnavailableException Unavailable(Call call) => new($"The silo stops and takes no more requests: {call} was refused.");

    private Activation Deliver(Call call)
    {
        while (true)
        {
            if (!_activations.TryGetValue(call.Target, out var activation))
            {
                if (_isStopping)
                    throw Unavailable(call);
                activation = _activations.GetOrAdd(call.Target, static (id, silo) => new(silo, silo.ClassOf(id), id), this);
            }

            if (activation.TryReceive(call))
                return activation;
            Forget(activation);
        }
    }

    private GrainClass ClassOf(GrainId id) => _classes.GetValueOrDefault(id.Type)
        ?? throw new ArgumentException($"No grain class is named {id.Type}: {id} cannot be activated.");

    private void SendToObserver(Call call)
    {
        string clientId = ObserverTable.ClientOf(call.Target);
        if (clientId == _observers.ClientId)
        {
            if (call is OutgoingCall outgoing)
                outgoing.CopyArguments();
            _observers.Receive(call);
        }
        else
        {
            Gateway.Send(clientId, call);
        }
    }

    private GrainManifest Discover()
    {
        InterfaceMap.RegisterAll();
        foreach (var type in ApplicationParts.Types.Where(GrainClass.IsGrainClass))
        {
            var grainClass = new GrainClass(type, _collection);
            var known = _classes.GetOrAdd(grainClass.GrainType, grainClass);
            if (known != grainClass)
                throw new OrleansConfigurationException($"{known.Type} and {type} are both named {grainClass.GrainType}: give one of them a [GrainType].");
        }

        var implementations = _classes.Values
            .SelectMany(static c => c.Interfaces.Select(i => (Interface: ApplicationParts.NameOf(i), Class: new GrainImplementation(c.GrainType, c.Type.FullName!))))
            .GroupBy(static x => x.Interface, static x => x.Class);
        return new(implementations.ToDictionary(static g => g.Key, static g => g.ToArray()));
    }

    private void KeepHouse()
    {
        try
        {
            Now = (long)Clock.GetElapsedTime(_startedAt).TotalMilliseconds;
            Calls.TimeOutExpired();
            if (Now < _nextCollection)
                return;
            _nextCollection = Now + (long)_collection.CollectionQuantum.TotalMilliseconds;
            foreach (var activation in _activations.Values.Where(static a => a.HasEnumerations))
                activation.Turns.Post(static a => _ = a.Enumerations.StopForgottenAsync());
            foreach (var activation in _activations.Values.Where(a => a.IsIdle(Now)))
            {
                Instruments.Collected();
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "Nobody called for the collection age"));
            }
        }
        catch (Exception exception)
        {
            Log.HousekeepingFailed(exception);
        }
    }
}
