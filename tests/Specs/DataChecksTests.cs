namespace Granary.Specs.Tests;

public sealed class DataChecksTests
{
    private static readonly RunSpec Run = new()
    {
        Model = new ModelSpec { Name = "resnet18" },
        Data = new DataSpec { Set = "synthetic", Resize = 64 },
        Train = new TrainSpec { LearningRate = 0.1 },
        Resources = new ResourcesSpec(),
        Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
    };

    [Fact]
    public void Find_SoundRun_FindsNothing() => Assert.Null(RunChecks.Find(Run));

    [Fact]
    public void Find_FolderWithPathAndSize_FindsNothing() =>
        Assert.Null(Find(new DataSpec { Set = "folder", Path = "/pictures", Resize = 64, Presize = 80 }));

    [Fact]
    public void Find_FolderWithoutPath_AsksForIt() =>
        Assert.StartsWith("data.set: folder needs data.path", Find(new DataSpec { Set = "folder", Resize = 64 }), StringComparison.Ordinal);

    [Fact]
    public void Find_FolderWithoutSize_AsksForIt() =>
        Assert.Contains("many sizes; set data.resize", Find(new DataSpec { Set = "folder", Path = "/pictures" }), StringComparison.Ordinal);

    [Fact]
    public void Find_PathOfTheDrawnSet_IsRefused() =>
        Assert.StartsWith("data.set: synthetic is drawn", Find(Run.Data with { Path = "/pictures" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(64, 63, "data.presize is 63, and 64x64 pixels are cropped from it; expected at least 64")]
    [InlineData(null, 31, "data.presize is 31, and 32x32 pixels are cropped from it; expected at least 32")]
    public void Find_PresizeBelowTheSize_IsRefused(int? resize, int presize, string expected) =>
        Assert.StartsWith(expected, Find(Run.Data with { Resize = resize, Presize = presize }), StringComparison.Ordinal);

    [Fact]
    public void Find_PaddingOfAWholePicture_IsRefused() =>
        Assert.StartsWith("data.crop-padding is 64", Find(Run.Data with { CropPadding = 64 }), StringComparison.Ordinal);

    [Theory]
    [InlineData("synthetic", 1, null)]
    [InlineData("synthetic", 3, null)]
    [InlineData("synthetic", 2, "model.channels is 2, and pictures of data.set: synthetic have 3; expected 3, or 1 to make them grey")]
    [InlineData("mnist", 3, null)]
    public void Find_ChannelsThatPicturesCannotHave_AreRefused(string set, int channels, string? expected) =>
        Assert.Equal(expected, RunChecks.Find(Run with { Data = Run.Data with { Set = set }, Model = Run.Model with { Channels = channels } })?.Message);

    private static string? Find(DataSpec data) => RunChecks.Find(Run with { Data = data })?.Message;
}
