using Granary.Trainer.Data;
using Granary.Trainer.Data.Augmentation;
using Granary.Trainer.Data.Decoding;
using Granary.Trainer.Tests.Data.Decoding;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class FramedViewTests
{
    // A picture is asked for no more than the frame needs; what lies around it is then anything.
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Show_OnlyThePartThatTheFrameNeeds_IsAsFromTheWholePicture(double turn)
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            double width = 8 + (random.NextDouble() * 112);
            double height = 8 + (random.NextDouble() * 112);
            var frame = new Frame(
                random.NextDouble() * (160 - width), random.NextDouble() * (120 - height), width, height, turn * ((2 * random.NextDouble()) - 1));
            int size = random.Next(4, 40);
            byte[] fromPart = new byte[3 * size * size];
            byte[] fromWhole = new byte[3 * size * size];

            using (var part = new Spoilt(PictureFile.Open(PictureFiles.PathOf("large.jpg"))))
                FramedView.Show(part, frame, size, fromPart);
            using (var whole = new Whole(PictureFile.Open(PictureFiles.PathOf("large.jpg"))))
                FramedView.Show(whole, frame, size, fromWhole);

            Assert.Equal(fromWhole, fromPart);
        }
    }

    private class Whole(PictureFile file) : IPicture
    {
        public int Width => file.Width;

        public int Height => file.Height;

        public (int Width, int Height) SizeAt(int denominator) => file.SizeAt(denominator);

        public virtual Pixels Read(int denominator, PixelArea area)
        {
            (int width, int height) = SizeAt(denominator);
            return file.Read(denominator, new PixelArea(0, 0, width, height));
        }

        public void Dispose() => file.Dispose();
    }

    // Makes sure that what is outside the area is not right by chance.
    private sealed class Spoilt(PictureFile file) : Whole(file)
    {
        public override Pixels Read(int denominator, PixelArea area)
        {
            Pixels whole = base.Read(denominator, area);
            byte[] bytes = whole.Bytes.ToArray();
            for (int i = 0; i < bytes.Length; i++)
            {
                (int x, int y) = (i / 3 % whole.Width, i / 3 / whole.Width);
                if (x < area.Left || x >= area.Right || y < area.Top || y >= area.Bottom)
                    bytes[i] ^= 0xFF;
            }

            return new Pixels(bytes, whole.Width, whole.Height, 3, interleaved: true);
        }
    }
}
