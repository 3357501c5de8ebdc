using System.Globalization;

namespace Granary.Specs.Settings;

/// <summary>Every scalar setting of a run, with its range.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        Name("model", [.. ModelCatalog.All.Select(entry => entry.Name)], Model((model, name) => model with { Name = name })),
        new("model.width", ModelWidth.Expected, ApplyWidth, []),
        Whole("model.classes", 1, 100_000, Model<long>((model, n) => model with { Classes = (int)n })),
        Whole("model.channels", 1, 16, Model<long>((model, n) => model with { Channels = (int)n })),
        Text("model.pretrained", 4096, Model((model, text) => model with { Pretrained = text })),
        Text("model.freeze", 200, Model((model, text) => model with { Freeze = text })),
        Whole("model.head", 1, 100_000, Model<long>((model, n) => model with { Head = (int)n })),
        Number("model.dropout", "a number in [0, 1)", IsShare, Model<double>((model, x) => model with { Dropout = x })),

        Name("data.set", [.. DataSets.All.Select(entry => entry.Name)], Data((data, name) => data with { Set = name })),
        Text("data.path", 4096, Data((data, text) => data with { Path = text })),
        Whole("data.batch", 1, 65_536, Data<long>((data, n) => data with { Batch = (int)n })),
        Whole("data.limit", 1, int.MaxValue, Data<long>((data, n) => data with { Limit = (int)n })),
        Number("data.valid-split", "a number above 0 and at most 0.9", x => x is > 0 and <= 0.9, Data<double>((data, x) => data with { ValidSplit = x })),
        Whole("data.resize", 8, 1_024, Data<long>((data, n) => data with { Resize = (int)n })),
        Whole("data.presize", 8, 2_048, Data<long>((data, n) => data with { Presize = (int)n })),
        Flag("data.flip", Data<bool>((data, on) => data with { Flip = on })),
        Whole("data.crop-padding", 0, 512, Data<long>((data, n) => data with { CropPadding = (int)n })),
        Number("data.random-resized-crop", "a number above 0 and at most 1", x => x is > 0 and <= 1, Data<double>((data, x) => data with { RandomResizedCrop = x })),
        Number("data.rotate", "a number of degrees in [0, 180]", x => x is >= 0 and <= 180, Data<double>((data, x) => data with { Rotate = x })),
        Number("data.jitter", "a number in [0, 1]", x => x is >= 0 and <= 1, Data<double>((data, x) => data with { Jitter = x })),
        Number("data.grayscale", "a number in [0, 1]", x => x is >= 0 and <= 1, Data<double>((data, x) => data with { Grayscale = x })),

        Whole("train.epochs", 1, 10_000, Train<long>((train, n) => train with { Epochs = (int)n })),
        Name("train.optimizer", ["sgd", "adam", "adamw", "rmsprop"], Train((train, name) => train with { Optimizer = name })),
        new("train.lr", "a number above 0 and at most 100, or auto", ApplyLearningRate, []),
        Number("train.momentum", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { Momentum = x })),
        Flag("train.nesterov", Train<bool>((train, on) => train with { Nesterov = on })),
        Number("train.beta1", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { Beta1 = x })),
        Number("train.beta2", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { Beta2 = x })),
        Number("train.alpha", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { Alpha = x })),
        Number("train.epsilon", "a number above 0 and at most 1", x => x is > 0 and <= 1, Train<double>((train, x) => train with { Epsilon = x })),
        Number("train.weight-decay", "a number in [0, 1]", x => x is >= 0 and <= 1, Train<double>((train, x) => train with { WeightDecay = x })),
        Name(
            "train.init",
            ["default", "xavier-uniform", "xavier-normal", "kaiming-uniform", "kaiming-normal"],
            Train((train, name) => train with { Init = name })),
        Number("train.label-smoothing", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { LabelSmoothing = x })),
        Number("train.clip-norm", "a number above 0", x => x > 0 && double.IsFinite(x), Train<double>((train, x) => train with { ClipNorm = x })),
        Whole("train.accumulate", 1, 1_024, Train<long>((train, n) => train with { Accumulate = (int)n })),
        Name("train.precision", ["fp32", "bf16"], Train((train, name) => train with { Precision = name })),
        Name(
            "train.channels-last",
            ["auto", "true", "false"],
            Train((train, name) => train with { ChannelsLast = name == "auto" ? null : name == "true" })),
        Number("train.ema", "a number in [0, 1)", IsShare, Train<double>((train, x) => train with { Ema = x })),
        Name(
            "train.schedule",
            ["constant", "step", "cosine", "cosine-restarts", "plateau", "one-cycle"],
            Train((train, name) => train with { Schedule = name })),
        Number("train.warm-up", "a number of epochs in [0, 1000]", x => x is >= 0 and <= 1_000, Train<double>((train, x) => train with { WarmUp = x })),
        Whole("train.step-epochs", 1, 10_000, Train<long>((train, n) => train with { StepEpochs = (int)n })),
        Number("train.gamma", "a number above 0 and below 1", x => x is > 0 and < 1, Train<double>((train, x) => train with { Gamma = x })),
        Number("train.min-lr", "a number in [0, 100]", x => x is >= 0 and <= 100, Train<double>((train, x) => train with { MinLearningRate = x })),
        Whole("train.restart-epochs", 1, 10_000, Train<long>((train, n) => train with { RestartEpochs = (int)n })),
        Whole("train.restart-factor", 1, 10, Train<long>((train, n) => train with { RestartFactor = (int)n })),
        Whole("train.patience", 0, 10_000, Train<long>((train, n) => train with { Patience = (int)n })),
        Whole("train.early-stop", 1, 10_000, Train<long>((train, n) => train with { EarlyStop = (int)n })),
        Whole("train.keep", 1, 100, Train<long>((train, n) => train with { Keep = (int)n })),
        Whole("train.seed", 0, long.MaxValue, Train<long>((train, n) => train with { Seed = n })),
        Whole("train.watch-every", 0, 100_000, Train<long>((train, n) => train with { WatchEvery = (int)n })),

        Name("parallel.wire", ["fp32", "bf16", "fp16"], Parallel((parallel, name) => parallel with { Wire = name })),
        Whole("parallel.streams", 1, 16, Parallel<long>((parallel, n) => parallel with { Streams = (int)n })),
        Megabytes("parallel.bucket-mb", (parallel, x) => parallel with { BucketMb = x }),
        Megabytes("parallel.first-bucket-mb", (parallel, x) => parallel with { FirstBucketMb = x }),
        Flag("parallel.sync-batch-norm", Parallel<bool>((parallel, on) => parallel with { SyncBatchNorm = on })),
        Flag("parallel.nccl", Parallel<bool>((parallel, on) => parallel with { Nccl = on })),
        Name("parallel.scale-lr", ["none", "linear"], Parallel((parallel, name) => parallel with { ScaleLr = name })),
        Whole("parallel.checksum-every", 0, 1_000_000, Parallel<long>((parallel, n) => parallel with { ChecksumEvery = (int)n })),
        Number(
            "parallel.silence", "a number of seconds from 1 to 600", x => x is >= 1 and <= 600,
            Parallel<double>((parallel, x) => parallel with { Silence = x })),
        Number(
            "parallel.reform", "a number of seconds from 0 to 3,600; 0: never", x => x is >= 0 and <= 3600,
            Parallel<double>((parallel, x) => parallel with { Reform = x })),

        new("resources.devices", "a whole number from 1 to 1024, or a range such as 2..4", ApplyDevices, []),
        Text("resources.pool", 60, (draft, text) => draft with { Resources = draft.Resources with { Pool = text } }),
        Whole("resources.priority", -100, 100, (draft, n) => draft with { Resources = draft.Resources with { Priority = (int)n } }),
        Whole("resources.retries", 0, 100, (draft, n) => draft with { Resources = draft.Resources with { Retries = (int)n } }),
    ];

    /// <summary>The setting of that path, or of that key where only the key is given; null where there is none.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Path == name || setting.Key == name);

    private static Setting Name(string path, IReadOnlyList<string> names, Func<RunDraft, string, RunDraft> apply) =>
        new(path, "one of " + string.Join(", ", names), (draft, text) => names.Contains(text) ? apply(draft, text) : null, names);

    private static Setting Text(string path, int longest, Func<RunDraft, string, RunDraft> apply) =>
        new(path, $"a text of 1 to {longest} characters", (draft, text) => text.Length > 0 && text.Length <= longest ? apply(draft, text) : null, []);

    private static Setting Whole(string path, long low, long high, Func<RunDraft, long, RunDraft> apply) =>
        new(
            path,
            high >= int.MaxValue ? $"a whole number of at least {low}" : $"a whole number from {low} to {high}",
            (draft, text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) && n >= low && n <= high
                ? apply(draft, n)
                : null,
            []);

    private static Setting Number(string path, string expected, Func<double, bool> accept, Func<RunDraft, double, RunDraft> apply) =>
        new(
            path,
            expected,
            (draft, text) => TryNumber(text, out double x) && accept(x) ? apply(draft, x) : null,
            []);

    private static Setting Flag(string path, Func<RunDraft, bool, RunDraft> apply) =>
        new(path, "true or false", (draft, text) => text is "true" or "false" ? apply(draft, text == "true") : null, ["true", "false"]);

    private static Func<RunDraft, string, RunDraft> Model(Func<ModelSpec, string, ModelSpec> set) => Model<string>(set);

    private static Func<RunDraft, T, RunDraft> Model<T>(Func<ModelSpec, T, ModelSpec> set) => (draft, value) => draft with { Model = set(draft.Model, value) };

    private static Func<RunDraft, string, RunDraft> Data(Func<DataSpec, string, DataSpec> set) => Data<string>(set);

    private static Func<RunDraft, T, RunDraft> Data<T>(Func<DataSpec, T, DataSpec> set) => (draft, value) => draft with { Data = set(draft.Data, value) };

    private static Func<RunDraft, string, RunDraft> Train(Func<TrainSpec, string, TrainSpec> set) => Train<string>(set);

    private static Func<RunDraft, T, RunDraft> Train<T>(Func<TrainSpec, T, TrainSpec> set) => (draft, value) => draft with { Train = set(draft.Train, value) };

    private static Func<RunDraft, string, RunDraft> Parallel(Func<ParallelSpec, string, ParallelSpec> set) => Parallel<string>(set);

    private static Func<RunDraft, T, RunDraft> Parallel<T>(Func<ParallelSpec, T, ParallelSpec> set) =>
        (draft, value) => draft with { Parallel = set(draft.Parallel, value) };

    private static Setting Megabytes(string path, Func<ParallelSpec, double, ParallelSpec> set) =>
        Number(path, "a number of MiB above 0 and at most 1024", x => x is > 0 and <= 1_024, Parallel(set));

    private static bool IsShare(double x) => x is >= 0 and < 1;

    private static bool TryNumber(string text, out double x) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x);

    private static RunDraft? ApplyWidth(RunDraft draft, string text) =>
        ModelWidth.Parse(text) is { } width ? draft with { Model = draft.Model with { Width = width } } : null;

    private static RunDraft? ApplyLearningRate(RunDraft draft, string text)
    {
        if (text == "auto")
        {
            return draft with { Train = draft.Train with { LearningRate = null, FindLearningRate = true } };
        }

        return TryNumber(text, out double rate) && rate is > 0 and <= 100
            ? draft with { Train = draft.Train with { LearningRate = rate, FindLearningRate = false } }
            : null;
    }

    private static RunDraft? ApplyDevices(RunDraft draft, string text)
    {
        string[] ends = text.Split("..");
        return ends.Length is 1 or 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && low >= 1 && low <= high && high <= 1_024
            ? draft with { Resources = draft.Resources with { MinDevices = low, MaxDevices = high } }
            : null;
    }
}
