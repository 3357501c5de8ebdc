using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class ChannelViewTests
{
    [Fact]
    public void CopyTo_GreyToThree_RepeatsThePicture()
    {
        var view = new ChannelView(new ImageSet("grey", 1, 2, [1, 2, 3, 4, 5, 6, 7, 8], [0, 1]), 3);
        byte[] picture = new byte[12];

        view.CopyTo(1, picture);

        Assert.Equal([5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8], picture);
        Assert.Equal((2, 3, 2, 1), (view.Count, view.Channels, view.Size, view.Label(1)));
    }

    // PIL 9.4: Image.fromarray(rgb).convert("L") of these four pixels gives 76, 150, 29 and 145.
    [Fact]
    public void CopyTo_ColoursToOne_GivesPilsLuma()
    {
        var view = new ChannelView(new ImageSet("colours", 3, 2, [255, 0, 0, 10, 0, 255, 0, 200, 0, 0, 255, 220], [0]), 1);
        byte[] picture = new byte[4];

        view.CopyTo(0, picture);

        Assert.Equal([76, 150, 29, 145], picture);
    }

    [Fact]
    public void New_ColoursToTwo_SaysWhatIsPossible()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ChannelView(new ImageSet("colours", 3, 1, [1, 2, 3], [0]), 2));

        Assert.Contains("model.channels is 2, and the pictures have 3 channels; expected 3, or 1 for grey", error.Message, StringComparison.Ordinal);
    }
}
