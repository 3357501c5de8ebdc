namespace Granary.Trainer.Tests.Data.Decoding;

/// <summary>The pictures of <c>pictures/</c>, written by its make.py with PIL; 19x13 pixels, but large.jpg is 160x120.</summary>
internal static class PictureFiles
{
    public static IReadOnlyList<string> Small { get; } =
    [
        "colour.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg",
        "colour.png", "grey.png", "bits.png", "palette.png", "alpha.png", "grey-alpha.png", "interlaced.png", "deep.png", "transparent-palette.png",
    ];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Decoding", "pictures", name);

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>What PIL reads from it, as R, G, B bytes.</summary>
    public static byte[] Expected(string name) => Read(name + ".rgb");
}
