using System.Globalization;

namespace Granary.Specs.Settings;

/// <summary>Every scalar setting of a run, with its range.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        Name("model", [.. ModelCatalog.All.Select(entry => entry.Name)], (draft, name) => draft with { Train = draft.Train with { Model = name } }),

        Name("data.set", [.. DataSets.All.Select(entry => entry.Name)], (draft, name) => draft with { Data = draft.Data with { Set = name } }),
        Text("data.path", 4096, (draft, text) => draft with { Data = draft.Data with { Path = text } }),
        Whole("data.batch", 1, 65_536, (draft, n) => draft with { Data = draft.Data with { Batch = (int)n } }),
        Whole("data.limit", 1, int.MaxValue, (draft, n) => draft with { Data = draft.Data with { Limit = (int)n } }),
        Whole("data.resize", 8, 1_024, (draft, n) => draft with { Data = draft.Data with { Resize = (int)n } }),

        Whole("train.epochs", 1, 10_000, (draft, n) => draft with { Train = draft.Train with { Epochs = (int)n } }),
        Name("train.optimizer", ["sgd"], (draft, name) => draft with { Train = draft.Train with { Optimizer = name } }),
        Number("train.lr", "a number above 0 and at most 100", x => x is > 0 and <= 100, (draft, x) => draft with { Train = draft.Train with { LearningRate = x } }),
        Number("train.momentum", "a number in [0, 1)", x => x is >= 0 and < 1, (draft, x) => draft with { Train = draft.Train with { Momentum = x } }),
        Number("train.weight-decay", "a number in [0, 1]", x => x is >= 0 and <= 1, (draft, x) => draft with { Train = draft.Train with { WeightDecay = x } }),
        Name("train.schedule", ["constant", "one-cycle"], (draft, name) => draft with { Train = draft.Train with { Schedule = name } }),
        Whole("train.seed", 0, long.MaxValue, (draft, n) => draft with { Train = draft.Train with { Seed = n } }),
        Whole("train.watch-every", 0, 100_000, (draft, n) => draft with { Train = draft.Train with { WatchEvery = (int)n } }),

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
            (draft, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && accept(x) ? apply(draft, x) : null,
            []);

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
