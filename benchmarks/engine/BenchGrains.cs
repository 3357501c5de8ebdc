using Microsoft.Extensions.DependencyInjection;

namespace Granary.Benchmarks.Engine;

internal static class BenchGrains
{
    /// <summary>One grain for each caller.</summary>
    public static IBenchGrain[] Of(IServiceProvider services)
    {
        IGrainFactory factory = services.GetRequiredService<IGrainFactory>();
        return [.. Enumerable.Range(0, 100).Select(number => factory.GetGrain<IBenchGrain>(number))];
    }
}
