using Granary.Trainer.Data.Decoding;

namespace Granary.Trainer.Tests.Data.Decoding;

/// <summary>A theory about libturbojpeg; skipped, with the reason, where the system lacks it.</summary>
public sealed class TurboJpegTheoryAttribute : TheoryAttribute
{
    public TurboJpegTheoryAttribute()
    {
        if (!TurboJpeg.IsThere)
            Skip = "libturbojpeg.so.0 is not on this system (Debian: libturbojpeg0)";
    }
}
