namespace TorchSharp.Native;

// Tells the collector about memory it cannot see. A forgotten tensor is some 50 managed bytes and perhaps megabytes of native ones, so
// the collector alone would wait far too long. Every so many new tensors the bytes held by libtorch are compared with a limit; above it a
// collection runs, and the limit becomes twice of what was held then: the cost stays a fraction of the allocations that led to it.
internal static class NativeMemory
{
    private const int Interval = 256;
    private const long Floor = 512L << 20;

    private static long Limit = Floor;
    private static int Collecting;

    [ThreadStatic]
    private static int Created;

    internal static void OnTensorCreated()
    {
        if (++Created < Interval) return;
        Created = 0;
        long held = NativeMethods.gt_allocated_bytes();
        if (held > Volatile.Read(ref Limit)) Collect(held);
        else if (held < Limit / 4 && Limit > Floor) Volatile.Write(ref Limit, Math.Max(Floor, Limit / 2));
    }

    private static void Collect(long held)
    {
        if (Interlocked.Exchange(ref Collecting, 1) != 0) return;
        try
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            // The finalizers free the native side on their own thread; waiting makes "held" of the next look true.
            GC.WaitForPendingFinalizers();
            long left = Math.Min(held, NativeMethods.gt_allocated_bytes());
            Volatile.Write(ref Limit, Math.Max(Floor, 2 * left));
        }
        finally
        {
            Volatile.Write(ref Collecting, 0);
        }
    }
}
