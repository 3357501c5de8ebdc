using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Watching;

/// <summary>Follows a sweep over the silo's Watch stream until it has ended; a broken stream is opened again.</summary>
internal sealed class SweepWatcher(Func<Sweeps.SweepsClient> connect, SweepProgress progress, TimeProvider time)
{
    // A silo that restarts is back within seconds; one that stays away this long is not coming.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Told of every trial that changed, with what was known before.</summary>
    public event Action<TrialProgress?, TrialProgress>? TrialChanged;

    /// <summary>Follows until the sweep ends.</summary>
    /// <exception cref="CliException">The silo stayed away, or does not know the sweep.</exception>
    public async Task WatchAsync(string sweep, CancellationToken cancellationToken)
    {
        long lastEvent = time.GetTimestamp();
        while (true)
        {
            try
            {
                using AsyncServerStreamingCall<SweepEvent> call = connect().Watch(
                    new WatchRequest { Sweep = sweep, Metrics = true }, cancellationToken: cancellationToken);
                await foreach (SweepEvent change in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    lastEvent = time.GetTimestamp();
                    if (progress.Take(change) is (var before, { } after))
                    {
                        TrialChanged?.Invoke(before, after);
                    }
                }

                if (progress.Sweep?.State is SweepState.Succeeded or SweepState.Stopped or SweepState.Failed)
                {
                    return;
                }
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
            {
                throw new CliException(error.Status.Detail);
            }
            catch (RpcException) when (cancellationToken.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (RpcException error) when (time.GetElapsedTime(lastEvent) > Patience)
            {
                throw new CliException($"The silo has been away for {Patience.TotalMinutes} minutes ({error.Status.Detail}). The sweep's state is kept; run the same command to go on.");
            }
            catch (RpcException)
            {
                // The silo restarts; ask again.
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }
}
