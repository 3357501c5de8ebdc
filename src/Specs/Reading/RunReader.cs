using System.Globalization;
using Granary.Specs.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs.Reading;

/// <summary>Reads a sweep file as one run: the file's settings, and those given beside it in place of a search.</summary>
internal static class RunReader
{
    public static (string Name, RunSpec Run)? Read(YamlNode root, IReadOnlyList<string> settings, Problems problems)
    {
        (SweepSpec spec, SectionPlaces places) = SweepReader.ReadSettings(root, searches: false, problems);
        Dictionary<string, string> given = Given(settings, spec.Search.Space, problems);
        CheckSpace(spec.Search.Space, given, places.Top, problems);
        if (problems.Any)
        {
            return null;
        }

        RunSpec run = RunResolver.Resolve(spec, given);
        CheckPresent(run, places.Top, problems);
        if (!problems.Any && RunChecks.Find(run) is { } problem)
        {
            problems.Add(places.Of(problem), problem.Message);
        }

        return (spec.Name, run);
    }

    // By the space's name for a setting where it has one, so that overrides find it; else by its path.
    private static Dictionary<string, string> Given(
        IReadOnlyList<string> settings, IReadOnlyList<ParameterSpec> space, Problems problems)
    {
        Dictionary<string, string> given = [];
        foreach (string text in settings)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                problems.Add(text, "expected key=value, such as lr=0.1");
                continue;
            }

            (string key, string value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
            if (SettingTable.Find(key) is not { } setting)
            {
                problems.Add(text, $"'{key}' is not a setting{NearestName.Hint(key, [.. SettingTable.All.Select(known => known.Key)])}");
            }
            else if (setting.Apply(RunDraft.Defaults, value) is not { } draft)
            {
                problems.Add(text, setting.Refuse(value));
            }
            else
            {
                ParameterSpec? parameter = space.FirstOrDefault(parameter => SettingTable.Find(parameter.Name) == setting);
                if (!given.TryAdd(parameter?.Name ?? setting.Path, Spelling(parameter, setting, draft) ?? value))
                {
                    problems.Add(text, $"{setting.Path} is given twice; expected it once");
                }
            }
        }

        return given;
    }

    // 2e-1 is the space's 0.2: overrides compare the space's own spelling.
    private static string? Spelling(ParameterSpec? parameter, Setting setting, RunDraft draft) =>
        (parameter as ChoiceParameter)?.Values.FirstOrDefault(value => setting.Apply(RunDraft.Defaults, value) == draft);

    private static void CheckSpace(
        IReadOnlyList<ParameterSpec> space, Dictionary<string, string> given, Mark place, Problems problems)
    {
        ParameterSpec[] open = [.. space.Where(parameter => !given.ContainsKey(parameter.Name))];
        if (open.Length > 0)
        {
            string names = string.Join(", ", open.Select(parameter => parameter.Name));
            string example = string.Join(' ', open.Select(parameter => $"--set {parameter.Name}={Example(parameter)}"));
            problems.Add(place, $"search.space varies {names}; one run needs a value for each, such as: {example}");
        }
    }

    private static string Example(ParameterSpec parameter) => parameter switch
    {
        ChoiceParameter choice => choice.Values[0],
        RangeParameter { Logarithmic: true } range => Number(Math.Sqrt(range.Low * range.High), range),
        RangeParameter range => Number((range.Low + range.High) / 2, range),
        _ => throw new InvalidOperationException($"{parameter.GetType().Name} is a new kind of parameter, which this example does not know."),
    };

    private static string Number(double middle, RangeParameter range) => range.WholeNumbers
        ? Math.Round(middle).ToString("F0", CultureInfo.InvariantCulture)
        : middle.ToString("G3", CultureInfo.InvariantCulture);

    private static void CheckPresent(RunSpec run, Mark place, Problems problems)
    {
        if (run.Model.Name is null)
        {
            problems.Add(place, "no network is named; expected 'model: NAME' at the top, or --set model=NAME");
        }

        if (run.Train is { LearningRate: null, FindLearningRate: false })
        {
            problems.Add(place, "no learning rate is given; expected 'lr' in train, or --set lr=0.1, or --set lr=auto to have it found");
        }
    }
}
