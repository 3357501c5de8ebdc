using Microsoft.Extensions.Logging;

namespace Granary.Grains.Catalog;

internal sealed partial class CatalogGrain
{
    [LoggerMessage(1, LogLevel.Information, "Sweep {Sweep} is submitted from {FileName}.")]
    private partial void LogSubmitted(SweepId sweep, string fileName);

    [LoggerMessage(2, LogLevel.Information, "Sweep {Sweep} is submitted again and goes on.")]
    private partial void LogContinued(SweepId sweep);
}
