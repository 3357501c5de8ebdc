using Microsoft.Extensions.Options;

namespace Granary.Grains;

/// <summary>What grains need besides their state and each other.</summary>
/// <param name="clock">The clock.</param>
/// <param name="secrets">Draws secrets.</param>
/// <param name="fleet">How patient they are.</param>
internal sealed class GrainServices(TimeProvider clock, ISecretSource secrets, IOptions<FleetOptions> fleet)
{
    public ISecretSource Secrets => secrets;

    public FleetOptions Fleet => fleet.Value;

    public DateTimeOffset Now => clock.GetUtcNow();
}
