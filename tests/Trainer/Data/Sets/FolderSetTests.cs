using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Data.Sets;
using Granary.Trainer.Tests.Data.Decoding;

namespace Granary.Trainer.Tests.Data.Sets;

public sealed class FolderSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_TrainAndVal_GivesClassesAndFilesInOrdinalOrder()
    {
        Put("train/b/2.PNG", "train/b/1.jpeg", "train/B/x.jpg", "train/a/deep/er/3.jpg", "val/b/9.png", "test/a/8.png", "train/a/notes.txt", "train/.hidden/1.jpg");

        StoredSet set = FolderSet.Load(_folder.Path, needsValid: true);
        var train = (FolderPictures)set.Train;

        Assert.Equal(["B", "a", "b"], set.ClassNames);
        Assert.Equal(
            ["train/B/x.jpg", "train/a/deep/er/3.jpg", "train/b/1.jpeg", "train/b/2.PNG"],
            Enumerable.Range(0, train.Count).Select(i => Path.GetRelativePath(_folder.Path, train.Path(i))));
        Assert.Equal([0, 1, 2, 2], Enumerable.Range(0, train.Count).Select(train.Label));
        Assert.Equal((1, 2), (set.Valid!.Count, set.Valid.Label(0)));
    }

    [Fact]
    public void Load_WithoutValidation_AsksForASplit()
    {
        Put("train/a/1.jpg");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FolderSet.Load(_folder.Path, needsValid: true));

        Assert.Contains($"{_folder.Path}: none of the folders val, valid, test; set data.valid-split", error.Message, StringComparison.Ordinal);
        Assert.Null(FolderSet.Load(_folder.Path, needsValid: false).Valid);
    }

    [Fact]
    public void Load_WithoutTrain_SaysWhatIsThere()
    {
        Put("pictures/a/1.jpg");

        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => FolderSet.Load(_folder.Path, needsValid: true));

        Assert.Contains($"{_folder.File("train")} was not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("has the folders: pictures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClassWithoutPictures_NamesIt()
    {
        Put("train/a/1.jpg", "train/b/1.gif", "val/a/1.jpg");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FolderSet.Load(_folder.Path, needsValid: true));

        Assert.StartsWith($"{_folder.File("train/b")}: no pictures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ValidationClassThatTrainLacks_NamesIt()
    {
        Put("train/a/1.jpg", "val/a/1.jpg", "val/c/1.jpg");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FolderSet.Load(_folder.Path, needsValid: true));

        Assert.Contains("the class c has no folder in train; there are a.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingDataLoad_FolderOfPictures_DecodesAndResizesThem()
    {
        Put("train/a/1.jpg", "train/b/1.png", "val/a/1.jpg");

        TrainingData data = TrainingData.Load(new DataSpec { Set = "folder", Path = _folder.Path, Resize = 13 });

        Assert.Equal((2, 1, 2, 3, 13), (data.Train.Count, data.Valid.Count, data.Classes, data.Train.Channels, data.Train.Size));
        // 19x13 shown as 13x13: the middle columns 3 to 15, unchanged, as planes.
        byte[] whole = PictureFiles.Expected("colour.png");
        byte[] read = data.Train.Read(1);
        Assert.Equal(
            from channel in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 13) from x in Enumerable.Range(3, 13) select whole[(3 * ((y * 19) + x)) + channel],
            read);
        Assert.Equal([0.485f, 0.456f, 0.406f], data.Normalisation.Mean);
    }

    [Fact]
    public void TrainingDataLoad_WithValidSplit_TakesTrainingPictures()
    {
        Put([.. Enumerable.Range(0, 10).Select(i => $"train/a/{i}.jpg"), .. Enumerable.Range(0, 10).Select(i => $"train/b/{i}.jpg")]);

        TrainingData data = TrainingData.Load(new DataSpec { Set = "folder", Path = _folder.Path, Resize = 8, ValidSplit = 0.25 });

        Assert.Equal((15, 5), (data.Train.Count, data.Valid.Count));
    }

    [Fact]
    public void BatchLoaderRead_OneDamagedPicture_EndsWithItsNameBeforeItsBatchIsGiven()
    {
        Put([.. Enumerable.Range(0, 8).Select(i => $"train/a/{i}.jpg"), "val/a/1.jpg"]);
        string damaged = _folder.File("train/a/5.jpg");
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..500]);
        TrainingData data = TrainingData.Load(new DataSpec { Set = "folder", Path = _folder.Path, Resize = 8 });
        var plan = new BatchPlan([.. Enumerable.Range(0, 8)], BatchSize: 2, Rank: 0, WorldSize: 1);
        int given = 0;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (HostBatch batch in BatchLoader.Read(data.OfEpoch(1, 0), plan, 0, threads: 3, CancellationToken.None))
            {
                given++;
                batch.Dispose();
            }
        });

        Assert.StartsWith($"{damaged}: damaged JPEG, 500 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, given);
    }

    [Fact]
    public void ReadPicture_OneFile_IsWhatValidationWouldSee()
    {
        Put("train/a/1.jpg", "val/a/1.jpg");
        TrainingData data = TrainingData.Load(new DataSpec { Set = "folder", Path = _folder.Path, Resize = 9, Presize = 12 });

        Assert.Equal(data.Valid.Read(0), data.ReadPicture(_folder.File("val/a/1.jpg")).Read(0));
    }

    private void Put(params IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            string path = _folder.File(file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, PictureFiles.Read(file.EndsWith("png", StringComparison.OrdinalIgnoreCase) ? "colour.png" : "colour.jpg"));
        }
    }
}
