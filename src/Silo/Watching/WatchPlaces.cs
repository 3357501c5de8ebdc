using Granary.Silo.Wire;
using Grpc.Core;

namespace Granary.Silo.Watching;

/// <summary>Bounds the watch streams that are served at the same time. Thread-safe.</summary>
/// <param name="places">How many.</param>
internal sealed class WatchPlaces(int places)
{
    private int _taken;

    /// <summary>Streams served now.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place until the result is disposed.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: all places are taken.</exception>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _taken) <= places) return new Place(this);
        Interlocked.Decrement(ref _taken);
        throw RpcFaults.Exhausted($"{places} watch streams are open already. Close one, or start the silo with a greater --max-watchers.");
    }

    private sealed class Place(WatchPlaces owner) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref owner._taken);
        }
    }
}
