namespace Grpc.Core;

/// <summary>A channel to a server. Thread-safe; one channel carries any number of calls at a time.</summary>
public abstract class ChannelBase
{
    private int _shutDown;

    /// <summary>Makes a channel.</summary>
    /// <param name="target">The server's address, <c>host:port</c>.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The server's address, <c>host:port</c>.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker of calls on this channel.</summary>
    /// <returns>The invoker.</returns>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel and the calls on it.</summary>
    /// <returns>The shutdown.</returns>
    /// <exception cref="InvalidOperationException">The channel was shut down before.</exception>
    public Task ShutdownAsync() => Interlocked.Exchange(ref _shutDown, 1) == 0
        ? ShutdownAsyncCore()
        : throw new InvalidOperationException($"The channel to {Target} was shut down before. Shut a channel down once.");

    /// <summary>Ends the channel; called at most once.</summary>
    /// <returns>The shutdown.</returns>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
