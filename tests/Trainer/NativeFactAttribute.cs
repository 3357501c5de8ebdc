namespace Granary.Trainer.Tests;

/// <summary>A test that builds a library; skipped, with the reason, where there is no compiler.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = NativeCompiler.Missing!;
}
