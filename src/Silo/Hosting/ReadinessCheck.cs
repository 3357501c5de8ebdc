using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Granary.Silo.Hosting;

/// <summary>What the gRPC health service answers: SERVING once the silo is ready.</summary>
internal sealed class ReadinessCheck(Readiness readiness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(readiness.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The silo takes unfinished sweeps up."));
}
