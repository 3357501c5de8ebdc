using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Link;

/// <summary>
/// Calls that outlive a silo's restart: what may succeed later is tried again, with growing waits, until the patience ends.
/// </summary>
/// <param name="link">The way to the silo.</param>
/// <param name="time">The clock.</param>
/// <param name="seed">Draws the random parts of the waits.</param>
internal sealed class SiloCalls(SiloLink link, TimeProvider time, int seed)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Makes a call that may be repeated.</summary>
    /// <param name="what">What it does, for messages: "to report epoch 3".</param>
    /// <param name="patience">How long to go on trying while the silo is away.</param>
    /// <param name="call">The call; it is given a channel to where the silo is now.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="StaleAttemptException">FAILED_PRECONDITION: the silo knows a newer attempt.</exception>
    /// <exception cref="OperationCanceledException">The attempts were ended.</exception>
    /// <exception cref="RpcException">The silo refused for another reason, or stayed away for too long.</exception>
    public async Task<T> CallAsync<T>(
        string what, TimeSpan patience, Func<GrpcChannel, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var backoff = new Backoff(FirstWait, LongestWait, seed);
        while (true)
        {
            try
            {
                return await call(link.Channel(), cancellationToken);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
            {
                throw new StaleAttemptException(e.Status.Detail, e);
            }
            catch (RpcException e) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(e.Status.Detail, e, cancellationToken);
            }
            catch (RpcException e) when (IsPassing(e.StatusCode))
            {
                if (time.GetElapsedTime(began) > patience)
                {
                    throw new RpcException(new Status(e.StatusCode,
                        $"Could not reach the silo at {link} {what} for {patience.TotalSeconds:0} s; "
                        + $"the last error was: {e.Status.Detail}", e));
                }
            }
            catch (ObjectDisposedException) when (!cancellationToken.IsCancellationRequested)
            {
                // The silo moved while the call began; the next one goes to where it is now.
            }

            await Task.Delay(backoff.Next(), time, cancellationToken);
        }
    }

    /// <summary>Whether a call that ended so may succeed when it is made again.</summary>
    /// <param name="code">How it ended.</param>
    public static bool IsPassing(StatusCode code) => code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted
        or StatusCode.ResourceExhausted or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown;
}
