namespace Granary.Trainer.Tests.Collectives;

/// <summary>A test on <see cref="SwitchedHosts"/>; skipped where they cannot be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SeparateHostsFactAttribute : FactAttribute
{
    public SeparateHostsFactAttribute() => Skip = SwitchedHosts.Missing()!;
}
