using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class ImageResizerTests
{
    [Fact]
    public void Resize_TwoPixelsToFour_InterpolatesAtPixelCentres()
    {
        // By hand: centres of the four at 0.25, 0.75, 1.25, 1.75 of the source, whose own are at 0.5 and 1.5.
        byte[] target = new byte[16];

        new ImageResizer(2, 4).Resize([0, 100, 0, 100], target);

        Assert.Equal([0, 25, 75, 100], target[..4]);
        Assert.Equal(target[..4], target[12..]);
    }

    [Fact]
    public void Resize_ShrinkingByTwo_WeighsAllPixelsUnderTheFilter()
    {
        // By hand: scale 2, a triangle of half-width 2 around 1.0: pixels 0, 1, 2 weigh 0.75, 0.75, 0.25 of 1.75; mirrored around 3.0.
        byte[] target = new byte[4];

        new ImageResizer(4, 2).Resize([70, 70, 140, 140, 70, 70, 140, 140, 70, 70, 140, 140, 70, 70, 140, 140], target);

        Assert.Equal([80, 130, 80, 130], target);
    }

    [Fact]
    public void ResizedView_ReadsWhatResizeAllKeeps()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3).SelectMany(IdxFiles.Picture)];
        var set = new ImageSet("set", 1, 28, pixels, [0, 1, 2]);
        ImageSet kept = ImageResizer.ResizeAll(set, 96);
        var view = new ResizedView(set, 96);
        byte[] read = new byte[96 * 96];

        for (int i = 0; i < 3; i++)
        {
            view.CopyTo(i, read);
            Assert.Equal(kept.Image(i).ToArray(), read);
        }
    }
}
