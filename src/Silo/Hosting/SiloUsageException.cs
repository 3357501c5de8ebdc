namespace Granary.Silo.Hosting;

/// <summary>The silo was started with options it cannot use.</summary>
/// <param name="mistakes">Every mistake, one sentence each.</param>
internal sealed class SiloUsageException(IEnumerable<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes));
