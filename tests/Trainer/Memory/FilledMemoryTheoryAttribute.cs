namespace Granary.Trainer.Tests.Memory;

/// <summary>A theory that needs the preloaded library of <see cref="FilledRuns"/>; skipped, with the reason, where nothing can build it.</summary>
public sealed class FilledMemoryTheoryAttribute : TheoryAttribute
{
    public FilledMemoryTheoryAttribute()
    {
        if (FilledRuns.Compiler is null)
            Skip = "no C compiler (cc, gcc or clang) is in the PATH to build the library that fills new memory";
    }
}
