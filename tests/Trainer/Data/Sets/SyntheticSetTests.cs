using Granary.Specs;
using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data.Sets;

public sealed class SyntheticSetTests
{
    [Fact]
    public void Load_Twice_DrawsTheSamePictures()
    {
        TrainingData first = TrainingData.Load(new DataSpec { Set = "synthetic" });
        TrainingData second = TrainingData.Load(new DataSpec { Set = "synthetic" });

        Assert.Equal((10_000, 2_000, 10, 3, 32), (first.Train.Count, first.Valid.Count, first.Classes, first.Train.Channels, first.Train.Size));
        Assert.Equal(first.Train.Read(4711), second.Train.Read(4711));
        Assert.Equal(first.Valid.Read(1999), second.Valid.Read(1999));
    }

    [Fact]
    public void Load_TrainingAndValidation_ShareNoPicture()
    {
        TrainingData data = TrainingData.Load(new DataSpec { Set = "synthetic" });

        Assert.NotEqual(data.Train.Read(3), data.Valid.Read(3));
        Assert.NotEqual(data.Train.Read(3), data.Train.Read(13));
        Assert.Equal(data.Train.Label(3), data.Valid.Label(3));
    }

    [Fact]
    public void Load_AllOfIt_IsBalancedAndHasTheMeanAndDeviationOfItsNormalisation()
    {
        TrainingData data = TrainingData.Load(new DataSpec { Set = "synthetic" });

        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1_000, Enumerable.Range(0, 10_000).Count(i => data.Train.Label(i) == label)));
        for (int channel = 0; channel < 3; channel++)
        {
            double[] pixels = [.. Enumerable.Range(0, 500).SelectMany(i => data.Train.Read(i)[(channel * 1024)..((channel + 1) * 1024)]).Select(pixel => pixel / 255.0)];
            double mean = pixels.Average();
            Assert.Equal(data.Normalisation.Mean[channel], mean, 0.004);
            Assert.Equal(data.Normalisation.StandardDeviation[channel], Math.Sqrt(pixels.Average(pixel => (pixel - mean) * (pixel - mean))), 0.003);
        }
    }

    [Theory]
    [InlineData(null, 96, 96)]
    [InlineData(112, 96, 96)]
    public void Load_AnotherSize_DrawsAtThatSize(int? presize, int resize, int size)
    {
        TrainingData data = TrainingData.Load(new DataSpec { Set = "synthetic", Limit = 100, Resize = resize, Presize = presize });

        Assert.Equal((100, size), (data.Train.Count, data.Train.Size));
        Assert.Equal(3 * size * size, data.Train.Read(99).Length);
    }
}
