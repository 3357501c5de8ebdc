using System.Globalization;
using YamlDotNet.Core;

namespace Granary.Specs.Reading;

/// <summary>Reads the section <c>search</c>.</summary>
internal static class SearchReader
{
    private static readonly string[] Algorithms = ["grid", "random"];
    private static readonly string[] Metrics = ["valid-accuracy", "valid-loss", "train-accuracy", "train-loss"];

    public static SearchSpec Read(Section search, int epochs, bool needsSpace, Problems problems)
    {
        string algorithm = OneOf(search, "algorithm", Algorithms, problems) ?? "grid";
        long? trials = Whole(search, "trials", 1, 100_000, problems);
        long seed = Whole(search, "seed", 0, long.MaxValue, problems) ?? 1;
        ObjectiveSpec objective = search.TakeSection("objective") is { } section
            ? Objective(section, problems)
            : new ObjectiveSpec("valid-accuracy", Maximize: true);
        AshaSpec? asha = search.TakeSection("scheduler") is { } scheduler ? Scheduler(scheduler, epochs, problems) : null;
        IReadOnlyList<ParameterSpec> space = [];
        if (search.TakeSection("space") is { } spaceSection)
        {
            space = SpaceReader.Read(spaceSection, problems);
        }
        else if (needsSpace)
        {
            problems.Add(search.Start, "search.space is missing; expected the settings to vary, such as 'space: { lr: [0.1, 0.3] }'");
        }

        search.Close();
        CheckAlgorithm(search, algorithm, trials, space, problems);
        return new SearchSpec { Algorithm = algorithm, Trials = (int?)trials, Seed = seed, Space = space, Objective = objective, Asha = asha };
    }

    private static void CheckAlgorithm(Section search, string algorithm, long? trials, IReadOnlyList<ParameterSpec> space, Problems problems)
    {
        if (algorithm == "random" && trials is null)
        {
            problems.Add(search.Start, "search.trials is missing; random search needs to know how many trials to make");
        }

        if (algorithm == "grid" && space.OfType<RangeParameter>().FirstOrDefault() is { } range)
        {
            problems.Add(search.Start, $"search.space.{range.Name} is a range, which a grid cannot enumerate; list its values, or use 'algorithm: random'");
        }

        double points = space.OfType<ChoiceParameter>().Aggregate(1.0, (product, choice) => product * choice.Values.Count);
        if (algorithm == "grid" && trials is null && points > 100_000)
        {
            problems.Add(search.Start, string.Create(
                CultureInfo.InvariantCulture, $"the grid has {points:N0} points; expected at most 100,000, or 'trials' to cut it short"));
        }
    }

    private static ObjectiveSpec Objective(Section section, Problems problems)
    {
        string? maximize = OneOf(section, "maximize", Metrics, problems);
        string? minimize = OneOf(section, "minimize", Metrics, problems);
        section.Close();
        if (maximize is not null && minimize is not null)
        {
            problems.Add(section.Start, "search.objective has both 'maximize' and 'minimize'; expected one of them");
        }

        return minimize is not null ? new ObjectiveSpec(minimize, Maximize: false) : new ObjectiveSpec(maximize ?? "valid-accuracy", Maximize: true);
    }

    private static AshaSpec? Scheduler(Section section, int epochs, Problems problems)
    {
        Section? asha = section.TakeSection("asha");
        section.Close();
        if (asha is null)
        {
            return null;
        }

        long most = Whole(asha, "max-epochs", 1, 10_000, problems) ?? epochs;
        long reduction = Whole(asha, "reduction", 2, 16, problems) ?? 3;
        long least = Whole(asha, "min-epochs", 1, 10_000, problems) ?? 1;
        asha.Close();
        if (least > most)
        {
            problems.Add(asha.Start, $"search.scheduler.asha.min-epochs is {least}, above max-epochs, which is {most}");
        }

        return new AshaSpec((int)most, (int)reduction, (int)least);
    }

    private static string? OneOf(Section section, string key, string[] names, Problems problems)
    {
        if (section.TakeText(key) is not (string text, Mark place))
        {
            return null;
        }

        if (!names.Contains(text))
        {
            problems.Add(place, $"{section.Join(key)} is '{text}'{NearestName.Hint(text, names)}");
        }

        return text;
    }

    private static long? Whole(Section section, string key, long low, long high, Problems problems)
    {
        if (section.TakeText(key) is not (string text, Mark place))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= low && value <= high)
        {
            return value;
        }

        string range = high == long.MaxValue ? $"of at least {low}" : $"from {low} to {high}";
        problems.Add(place, $"{section.Join(key)} is '{text}'; expected a whole number {range}");
        return null;
    }
}
