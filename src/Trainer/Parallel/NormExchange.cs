using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Parallel;

/// <summary>
/// What the batch normalisations of a step exchange with the other ranks: small numbers, exact whatever the gradients' wire format is. All
/// ranks make the same calls in the same order, since they run the same network forward and backward.
/// </summary>
/// <param name="ring">The ranks.</param>
internal sealed class NormExchange(ICollective ring)
{
    private ExceptionDispatchInfo? _error;
    private TimeSpan _patience;
    private CancellationToken _cancellation;

    /// <summary>Whether a step is under way; outside of one each rank normalises on its own.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>This rank only keeps the others company: it has no example in the batch, and what it computes does not count.</summary>
    public bool IsIdle { get; set; }

    /// <summary>A step begins.</summary>
    /// <param name="patience">How long to wait for a silent but living rank.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public void Begin(TimeSpan patience, CancellationToken cancellationToken) =>
        (_patience, _cancellation, IsOpen, IsIdle, _error) = (patience, cancellationToken, true, false, null);

    /// <summary>The step is not carried through.</summary>
    public void Abandon() => IsOpen = false;

    /// <summary>The step's gradients are there.</summary>
    /// <exception cref="CollectiveException">An exchange failed during backward.</exception>
    public void End()
    {
        IsOpen = false;
        _error?.Throw();
    }

    /// <summary>Every rank's numbers, in order of rank.</summary>
    /// <param name="own">This rank's, as many on every rank.</param>
    public float[][] Gather(float[] own)
    {
        var all = new byte[own.Length * sizeof(float) * ring.WorldSize];
        var bytes = MemoryMarshal.AsBytes(own.AsSpan()).ToArray();
        TrainingThread.Await(() => ring.AllGatherAsync(bytes, all, _patience, _cancellation));
        return [.. all.Chunk(bytes.Length).Select(part => MemoryMarshal.Cast<byte, float>(part).ToArray())];
    }

    /// <summary>
    /// The sums over the ranks, from within backward. An exception must not cross it: libtorch would wrap it beyond recognition, so it
    /// waits for <see cref="End"/>, and backward goes on with this rank's numbers.
    /// </summary>
    /// <param name="own">This rank's, as many on every rank.</param>
    public float[] SumInBackward(float[] own)
    {
        if (_error is not null) return own;
        try
        {
            var parts = Gather(own);
            return [.. own.Select((_, i) => (float)parts.Sum(part => (double)part[i]))];
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
            return own;
        }
    }
}
