using Microsoft.Extensions.Logging;

namespace Granary.Grains.Pools;

internal sealed partial class PoolGrain
{
    [LoggerMessage(1, LogLevel.Warning, "Pool {Pool} could not {What}; it tries again.")]
    private partial void LogEffectFailed(Exception failure, string pool, string what);

    [LoggerMessage(2, LogLevel.Warning, "Pool {Pool}: device {Device} was to go to {Wanted} but is leased by {Holder}.")]
    private partial void LogLeaseRefused(string pool, DeviceId device, RankId wanted, RankId holder);

    [LoggerMessage(3, LogLevel.Warning, "Pool {Pool}: {Attempt} did not want its devices; they are free again.")]
    private partial void LogPlacementRefused(Exception refusal, string pool, AttemptId attempt);
}
