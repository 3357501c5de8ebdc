namespace Granary.Specs.Tests;

public sealed class RunFileTests
{
    private const string Alone = """
        name: alone
        model: lenet-relu
        data: { set: fashion-mnist, batch: 256 }
        train: { epochs: 3, lr: 0.15 }
        """;

    private const string Sweep = """
        name: swept
        data: { set: fashion-mnist, batch: 256 }
        train: { epochs: 4 }
        search:
          algorithm: random
          trials: 4
          space:
            model: [lenet-relu, resnet18-d2l]
            lr: { log-uniform: [1e-3, 0.1] }
            batch: { int: [1000, 2000] }
          objective: { minimize: valid-loss }
        overrides:
          - when: { model: resnet18-d2l }
            data: { limit: 512, resize: 32 }
        """;

    private static readonly string[] WholePoint = ["model=resnet18-d2l", "lr=0.01", "batch=64"];

    [Fact]
    public void ReadRun_NoSearch_IsTheFilesRun()
    {
        RunFileResult result = Valid(Alone);

        Assert.Equal(("alone", "lenet-relu", 3, 0.15), (result.Name, result.Run!.Model.Name, result.Run.Train.Epochs, result.Run.Train.LearningRate));
        Assert.Equal(new ObjectiveSpec("valid-accuracy", Maximize: true), result.Run.Objective);
    }

    [Fact]
    public void ReadRun_ObjectiveWithoutSpace_DecidesTheBestCheckpoint()
    {
        RunFileResult result = Valid(Alone + "\nsearch: { objective: { minimize: valid-loss } }");

        Assert.Equal(new ObjectiveSpec("valid-loss", Maximize: false), result.Run!.Objective);
    }

    [Fact]
    public void ReadRun_Settings_WinOverTheFileByKeyOrPath()
    {
        RunSpec run = Valid(Alone, "train.lr=0.3", "epochs=7", "width = 1/2").Run!;

        Assert.Equal((0.3, 7, 0.5), (run.Train.LearningRate, run.Train.Epochs, run.Model.Width));
    }

    [Fact]
    public void ReadRun_PointOfTheSpace_TakesItsOverrides()
    {
        RunSpec run = Valid(Sweep, WholePoint).Run!;

        Assert.Equal(("resnet18-d2l", 0.01, 512, 32, 64), (run.Model.Name, run.Train.LearningRate, run.Data.Limit, run.Data.Resize, run.Data.Batch));
        Assert.Equal(new ObjectiveSpec("valid-loss", Maximize: false), run.Objective);
    }

    [Fact]
    public void ReadRun_ChoiceSpelledOtherwise_StillMatchesItsOverride()
    {
        string text = """
            name: spelled
            model: lenet-relu
            data: { set: fashion-mnist }
            search: { space: { lr: [2e-1, 0.4] } }
            overrides:
              - when: { lr: 2e-1 }
                train: { epochs: 1 }
            """;

        Assert.Equal(1, Valid(text, "train.lr=0.2").Run!.Train.Epochs);
    }

    [Fact]
    public void ReadRun_SpaceLeftOpen_NamesEachParameterWithAnExample()
    {
        RunFileResult result = SweepFile.ReadRun(Sweep, "swept.yaml", ["model=lenet-relu"]);

        SweepFileProblem problem = Assert.Single(result.Problems);
        Assert.Contains("search.space varies lr, batch; one run needs a value for each, such as: --set lr=0.01 --set batch=1500",
            problem.Message, StringComparison.Ordinal);
        Assert.Null(result.Run);
    }

    [Theory]
    [InlineData("lr", "--set lr: expected key=value")]
    [InlineData("=3", "--set =3: expected key=value")]
    [InlineData("lrr=3", "--set lrr=3: 'lrr' is not a setting; did you mean 'lr'?")]
    [InlineData("lr=-3", "--set lr=-3: train.lr is '-3'; expected a number above 0 and at most 100, or auto")]
    [InlineData("schedule=onecycle", "did you mean 'one-cycle'?")]
    [InlineData("resize=32", "lenet-relu takes pictures of 28x28 pixels only")]
    public void ReadRun_BadSetting_IsRefusedInTheTablesWords(string setting, string message)
    {
        RunFileResult result = SweepFile.ReadRun(Alone, "alone.yaml", [setting]);

        Assert.Contains(message, Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
        Assert.Null(result.Run);
    }

    [Fact]
    public void ReadRun_SettingGivenTwice_IsRefused()
    {
        RunFileResult result = SweepFile.ReadRun(Alone, "alone.yaml", ["lr=0.1", "train.lr=0.2"]);

        Assert.Contains("train.lr is given twice", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRun_NoModelAndNoLearningRate_AsksForBoth()
    {
        RunFileResult result = SweepFile.ReadRun("name: bare\ndata: { set: fashion-mnist }", "bare.yaml", []);

        Assert.Equal(2, result.Problems.Count);
        Assert.Contains("--set model=NAME", result.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("--set lr=0.1", result.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRun_MistakeInTheFile_IsNamedWithItsLine()
    {
        RunFileResult result = SweepFile.ReadRun(Alone.Replace("epochs", "epocs", StringComparison.Ordinal), "alone.yaml", []);

        Assert.StartsWith("alone.yaml:4:10: unknown key 'epocs'", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Examples =>
    [
        "lenet-sigmoid.yaml", "lenet-relu.yaml", "lenet-bn.yaml",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "examples", "results")).Select(path => Path.Combine("results", Path.GetFileName(path))),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void ReadRun_Example_IsValid(string name)
    {
        string path = Path.Combine(Repository.Root, "examples", name);

        Assert.Empty(SweepFile.ReadRun(File.ReadAllText(path), name, []).Problems);
    }

    [Fact]
    public void ReadRun_PrecisionAndOrder_AreSettingsOfTraining()
    {
        RunSpec run = Valid(Alone.Replace("lr: 0.15", "lr: 0.15, precision: bf16, channels-last: true", StringComparison.Ordinal)).Run!;

        Assert.Equal(("bf16", (bool?)true), (run.Train.Precision, run.Train.ChannelsLast));
        Assert.Equal(("fp32", (bool?)null), (new TrainSpec().Precision, new TrainSpec().ChannelsLast));
        Assert.Equal(("bf16", (bool?)false), (Valid(Alone, "precision=bf16").Run!.Train.Precision, Valid(Alone, "channels-last=false").Run!.Train.ChannelsLast));
        Assert.Null(Valid(Alone, "channels-last=auto").Run!.Train.ChannelsLast);
    }

    [Theory]
    [InlineData("train.precision=fp16", "fp32, bf16")]
    [InlineData("precision=bf32", "fp32, bf16")]
    [InlineData("channels-last=yes", "auto, true, false")]
    public void ReadRun_OtherWordsForThem_NameTheAllowedOnes(string setting, string allowed)
    {
        RunFileResult result = SweepFile.ReadRun(Alone, "bad.yaml", [setting]);

        Assert.Contains(allowed, Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRun_SpaceOfPrecisions_TakesThePointsOwn()
    {
        string swept = Sweep.Replace("lr: {", "precision: [fp32, bf16]\n    channels-last: [true, false]\n    lr: {", StringComparison.Ordinal);

        TrainSpec train = Valid(swept, [.. WholePoint, "precision=bf16", "channels-last=true"]).Run!.Train;

        Assert.Equal(("bf16", (bool?)true), (train.Precision, train.ChannelsLast));
    }

    private static RunFileResult Valid(string text, params string[] settings)
    {
        RunFileResult result = SweepFile.ReadRun(text, "good.yaml", settings);
        Assert.Empty(result.Problems);
        return result;
    }
}
