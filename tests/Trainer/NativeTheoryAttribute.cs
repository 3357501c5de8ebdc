namespace Granary.Trainer.Tests;

/// <summary>A theory that builds a library; skipped, with the reason, where there is no compiler.</summary>
public sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute() => Skip = NativeCompiler.Missing!;
}
