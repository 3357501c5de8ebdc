using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

/// <summary>Reads pictures whole.</summary>
internal static class ImageReading
{
    public static byte[] Read(this IImageSource source, int index)
    {
        byte[] pixels = new byte[source.Channels * source.Size * source.Size];
        source.CopyTo(index, pixels);
        return pixels;
    }
}
