using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The local objects that others call through references. They are held weakly; each takes one call at a time.</summary>
internal sealed class ObserverTable(string clientId)
{
    public static readonly GrainType ClientType = GrainType.Create("sys.client");

    private readonly ConcurrentDictionary<IdSpan, ObserverHost> _hosts = new();

    public string ClientId => clientId;

    public GrainId Add(IGrainObserver target)
    {
        var key = IdSpan.Create($"{clientId}+{Guid.NewGuid():N}");
        _hosts[key] = new(target);
        return new(ClientType, key);
    }

    public void Remove(GrainId id) => _hosts.TryRemove(id.Key, out _);

    /// <summary>The client that holds an observer.</summary>
    public static string ClientOf(GrainId id)
    {
        string key = id.Key.ToString();
        int plus = key.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? key : key[..plus];
    }

    public void Receive(Call call)
    {
        if (_hosts.TryGetValue(call.Target.Key, out var host) && host.TryReceive(call))
            return;
        _hosts.TryRemove(call.Target.Key, out _);
        call.Fail(new OrleansMessageRejectionException($"Observer {call.Target} is gone: its reference was deleted, or its object collected as garbage."));
    }
}
