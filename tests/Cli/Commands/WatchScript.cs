using Granary.V1;

namespace Granary.Cli.Tests.Commands;

/// <summary>One Watch stream.</summary>
/// <param name="Breaks">It ends as it does when the silo dies.</param>
/// <param name="Events">What it sends first.</param>
internal sealed record WatchScript(bool Breaks, params SweepEvent[] Events);
