namespace Granary.Specs.Tests;

public sealed class SweepFileTests
{
    private const string Good = """
        name: quick
        data: { set: fashion-mnist, batch: 256 }
        train: { epochs: 4, momentum: 0.9, schedule: one-cycle }
        search:
          space:
            model: [lenet-relu, resnet18-d2l]
            lr: [0.05, 2e-1]
        resources: { devices: 1..2 }
        overrides:
          - when: { model: resnet18-d2l }
            data: { limit: 512, resize: 32, batch: 64 }
            train: { epochs: 1 }
            resources: { devices: 2 }
        """;

    [Fact]
    public void Read_GoodFile_GivesItsSettings()
    {
        SweepSpec spec = Valid(Good);

        Assert.Equal("quick", spec.Name);
        Assert.Equal(256, spec.Data.Batch);
        Assert.Equal(0.9, spec.Train.Momentum);
        Assert.Equal((1, 2), (spec.Resources.MinDevices, spec.Resources.MaxDevices));
        Assert.Equal("grid", spec.Search.Algorithm);
        Assert.Equal(new ObjectiveSpec("valid-accuracy", Maximize: true), spec.Search.Objective);
        Assert.Equal(["model", "lr"], spec.Search.Space.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Resolve_MatchingOverride_WinsOverTheFile()
    {
        RunSpec run = RunResolver.Resolve(Valid(Good), new Dictionary<string, string> { ["model"] = "resnet18-d2l", ["lr"] = "2e-1" });

        Assert.Equal(("resnet18-d2l", 0.2, 1), (run.Model.Name, run.Train.LearningRate, run.Train.Epochs));
        Assert.Equal((512, 32, 64), (run.Data.Limit, run.Data.Resize, run.Data.Batch));
        Assert.Equal((2, 2), (run.Resources.MinDevices, run.Resources.MaxDevices));
    }

    [Fact]
    public void Resolve_OtherTrial_KeepsTheFilesSettings()
    {
        RunSpec run = RunResolver.Resolve(Valid(Good), new Dictionary<string, string> { ["model"] = "lenet-relu", ["lr"] = "0.05" });

        Assert.Equal((null, null, 256, 4), (run.Data.Limit, run.Data.Resize, run.Data.Batch, run.Train.Epochs));
    }

    [Fact]
    public void Read_ModelAsSection_GivesNameAndOptions()
    {
        string text = Good.Replace("name: quick", "name: quick\nmodel: { width: 1/4, freeze: body, head: 12 }", StringComparison.Ordinal);

        SweepSpec spec = Valid(text);

        Assert.Equal(new ModelSpec { Width = 0.25, Freeze = "body", Head = 12 }, spec.Model);
    }

    [Fact]
    public void Resolve_LearningRateAuto_LeavesItToTheFinder()
    {
        RunSpec run = RunResolver.Resolve(Valid(Good.Replace("[0.05, 2e-1]", "[auto, 0.05]", StringComparison.Ordinal)),
            new Dictionary<string, string> { ["model"] = "lenet-relu", ["lr"] = "auto" });

        Assert.Equal((null, true), (run.Train.LearningRate, run.Train.FindLearningRate));
    }

    [Fact]
    public void RunSpecJson_RoundTrip_IsTheSameRun()
    {
        RunSpec run = RunResolver.Resolve(Valid(Good), new Dictionary<string, string> { ["model"] = "resnet18-d2l", ["lr"] = "0.05" });

        Assert.Equal(run, RunSpecJson.Read(RunSpecJson.Write(run)));
    }

    // Each row: what is written in place of what, the line it stands on, and what the message must say.
    [Theory]
    [InlineData("epochs: 4", "epocs: 4", 3, "unknown key 'epocs' in 'train'; did you mean 'epochs'?")]
    [InlineData("epochs: 4", "epochs: four", 3, "train.epochs is 'four'; expected a whole number from 1 to 10000")]
    [InlineData("epochs: 4", "epochs: 0", 3, "train.epochs is '0'; expected a whole number from 1 to 10000")]
    [InlineData("epochs: 4", "epochs: [4]", 3, "train.epochs is a list; expected a single value")]
    [InlineData("momentum: 0.9", "momentum: 1.5", 3, "train.momentum is '1.5'; expected a number in [0, 1)")]
    [InlineData("momentum: 0.9", "momentum: .nan", 3, "train.momentum is '.nan'; expected a number in [0, 1)")]
    [InlineData("schedule: one-cycle", "schedule: onecycle", 3, "did you mean 'one-cycle'?")]
    [InlineData("set: fashion-mnist", "set: fashion-mnst", 2, "did you mean 'fashion-mnist'?")]
    [InlineData("lenet-relu, resnet18-d2l", "lenet-relu, resnet18-d2", 6, "model is 'resnet18-d2'; did you mean 'resnet18-d2l'?")]
    [InlineData("lr: [0.05, 2e-1]", "lr: [0.05, 0.05]", 7, "'0.05' twice")]
    [InlineData("lr: [0.05, 2e-1]", "lr: [-1, 2]", 7, "train.lr is '-1'; expected a number above 0")]
    [InlineData("lr: [0.05, 2e-1]", "lr: { log-uniform: [1, 0.1] }", 7, "expected the lower end first")]
    [InlineData("lr: [0.05, 2e-1]", "lr: { log-uniform: [0.01, 0.1] }", 5, "a grid cannot enumerate")]
    [InlineData("lr: [0.05, 2e-1]", "lrr: [0.05, 2e-1]", 7, "'lrr' in search.space is not a setting; did you mean 'lr'?")]
    [InlineData("devices: 1..2", "devices: 2..1", 8, "a range such as 2..4")]
    [InlineData("name: quick", "name: Quick Start", 1, "expected 1 to 60 of a-z, 0-9 and '-'")]
    [InlineData("when: { model: resnet18-d2l }", "when: { model: resnet34 }", 10, "which search.space.model does not hold")]
    [InlineData("when: { model: resnet18-d2l }", "when: { modell: resnet18-d2l }", 10, "did you mean 'model'?")]
    [InlineData("resize: 32", "resize: 8", 2, "resnet18-d2l takes pictures of at least 16x16")]
    [InlineData("batch: 256 }", "batch: 256, resize: 32 }", 2, "lenet-relu takes pictures of 28x28 pixels only")]
    [InlineData("batch: 256 }", "batch: 1 }", 2, "cannot be split over 2 devices")]
    [InlineData("momentum: 0.9", "nesterov: true", 3, "train.nesterov needs a momentum")]
    [InlineData("momentum: 0.9", "momentum: 0.9, nesterov: true, optimizer: adam", 3, "train.nesterov is a form of sgd")]
    [InlineData("momentum: 0.9", "warm-up: 4", 3, "train.warm-up of 4 epochs takes the whole run of 4")]
    [InlineData("schedule: one-cycle", "schedule: cosine, min-lr: 0.05", 3, "train.min-lr is 0.05 and train.lr is 0.05")]
    [InlineData("schedule: one-cycle", "schedule: cosine-restarts", 3, "train.restart-epochs is 10: the first period of cosine-restarts would not end")]
    [InlineData("schedule: one-cycle", "schedule: step, step-epochs: 3, warm-up: 1.5", 3, "within the 2.5 of train.epochs 4 that train.warm-up leaves")]
    [InlineData("schedule: one-cycle", "schedule: plateau, patience: 1, early-stop: 2", 3, "expected at least 3")]
    [InlineData("search:", "serch:", 4, "did you mean 'search'?")]
    [InlineData("name: quick", "name: \"quick", 1, "not YAML")]
    [InlineData("name: quick", "name: [", 1, "not YAML")]
    [InlineData("name: quick", "name: &n quick\nmodel: *n", 2, "aliases (*name) are not supported")]
    public void Read_Mistake_IsNamedWithItsLineAndItsRemedy(string right, string wrong, int line, string message)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        SweepFileResult result = SweepFile.Read(Good.Replace(right, wrong, StringComparison.Ordinal), "bad.yaml");

        Assert.Null(result.Spec);
        Assert.Contains(result.Problems, problem => problem.Line == line && problem.Message.Contains(message, StringComparison.Ordinal)
            && problem.File == "bad.yaml");
    }

    [Fact]
    public void Read_SeveralMistakes_NamesThemAllInOrder()
    {
        string text = Good.Replace("epochs: 4", "epochs: -4", StringComparison.Ordinal).Replace("batch: 256", "batches: 256", StringComparison.Ordinal);

        SweepFileResult result = SweepFile.Read(text, "bad.yaml");

        Assert.Equal([2, 3], result.Problems.Select(problem => problem.Line));
        Assert.StartsWith("bad.yaml:2:", result.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("a: b\n---\nc: d")]
    public void Read_NoSweepAtAll_IsRefused(string text) => Assert.NotEmpty(SweepFile.Read(text, "bad.yaml").Problems);

    [Fact]
    public void Read_NestingBomb_IsRefusedWithoutRecursion()
    {
        SweepFileResult result = SweepFile.Read("a: " + new string('[', 200_000), "bad.yaml");

        Assert.Contains("nest more than", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomSearchWithoutTrials_AsksForThem()
    {
        string text = Good.Replace("  space:", "  algorithm: random\n  space:", StringComparison.Ordinal);

        Assert.Contains("search.trials is missing", Assert.Single(SweepFile.Read(text, "bad.yaml").Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quick.yaml")]
    [InlineData("fashion-lr.yaml")]
    [InlineData("imagenette.yaml")]
    [InlineData("synthetic.yaml")]
    public void Read_Example_IsValid(string name)
    {
        string path = Path.Combine(Repository.Root, "examples", name);

        Assert.Empty(SweepFile.Read(File.ReadAllText(path), name).Problems);
    }

    private static SweepSpec Valid(string text)
    {
        SweepFileResult result = SweepFile.Read(text, "good.yaml");
        Assert.Empty(result.Problems);
        return result.Spec!;
    }
}
