namespace Granary.Trainer.Tests.Collectives;

/// <summary>How a rank is lost.</summary>
public enum Fault
{
    Kill,
    Freeze,
    Cut,
}
