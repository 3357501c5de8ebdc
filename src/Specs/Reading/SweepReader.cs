using Granary.Specs.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs.Reading;

/// <summary>Reads the top of a sweep file and what concerns more than one of its sections.</summary>
internal static class SweepReader
{
    // Combinations of choices that are checked one by one; beyond that, a trial's own mistake ends that trial.
    private const int MostCombinations = 4_096;

    public static SweepSpec Read(YamlNode root, Problems problems)
    {
        (SweepSpec spec, SectionPlaces places) = ReadSettings(root, searches: true, problems);
        CheckPresent(spec, places.Top, problems);
        if (!problems.Any)
        {
            CheckCombinations(spec, places, problems);
        }

        return spec;
    }

    /// <summary>Reads all sections; what must hold between them is the caller's to check.</summary>
    /// <param name="root">The file's top.</param>
    /// <param name="searches">false: <c>search</c> and its space may be missing.</param>
    /// <param name="problems">Takes the mistakes.</param>
    /// <returns>The sweep, and where its sections stand.</returns>
    public static (SweepSpec Spec, SectionPlaces Places) ReadSettings(YamlNode root, bool searches, Problems problems)
    {
        Section top = Section.Read("", root, problems);
        string name = Name(top, problems);
        YamlNode? model = top.Take("model");
        RunDraft draft = model is null ? RunDraft.Defaults : Model(RunDraft.Defaults, model, top, problems);
        YamlNode? data = top.Take("data");
        YamlNode? train = top.Take("train");
        YamlNode? parallel = top.Take("parallel");
        foreach ((string key, YamlNode? node) in
            new[] { ("data", data), ("train", train), ("parallel", parallel), ("resources", top.Take("resources")) })
        {
            if (node is not null)
            {
                Section section = Section.Read(key, node, problems);
                draft = SettingsReader.Read(draft, key, section, problems);
                section.Close();
            }
        }

        if (data is null)
        {
            problems.Add(top.Start, "data is missing; expected the data set, such as 'data: { set: fashion-mnist }'");
        }

        SearchSpec search = Search(top, draft, searches, problems);
        IReadOnlyList<OverrideSpec> overrides = OverrideReader.Read(top.Take("overrides"), search.Space, problems);
        top.Close();
        return (
            new SweepSpec(name, draft.Model, draft.Data, draft.Train, search, draft.Parallel, draft.Resources, overrides),
            new SectionPlaces(
                top.Start,
                model?.Start ?? top.Start,
                data?.Start ?? top.Start,
                train?.Start ?? top.Start,
                parallel?.Start ?? top.Start));
    }

    private static string Name(Section top, Problems problems)
    {
        if (top.TakeText("name") is not (string name, Mark place))
        {
            problems.Add(top.Start, "name is missing; expected a name for the sweep, such as 'name: fashion-lr'");
            return "";
        }

        if (name.Length > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !char.IsAsciiLetter(name[0]))
        {
            problems.Add(place, $"name is '{name}'; expected 1 to 60 of a-z, 0-9 and '-', a letter first");
        }

        return name;
    }

    // The name alone, or a section that holds the name and what differs from the catalogue's layout.
    private static RunDraft Model(RunDraft draft, YamlNode node, Section top, Problems problems)
    {
        Setting name = SettingTable.Find("model")!;
        if (node is YamlScalarNode)
        {
            return top.Text(node, "model") is { } text ? SettingsReader.Apply(draft, name, text, node.Start, problems) : draft;
        }

        Section section = Section.Read("model", node, problems);
        if (section.TakeText("name") is (string given, Mark place))
        {
            draft = SettingsReader.Apply(draft, name, given, place, problems);
        }

        draft = SettingsReader.Read(draft, "model", section, problems);
        section.Close();
        return draft;
    }

    private static SearchSpec Search(Section top, RunDraft draft, bool searches, Problems problems)
    {
        if (top.TakeSection("search") is { } search)
        {
            return SearchReader.Read(search, draft.Train.Epochs, searches, problems);
        }

        if (searches)
        {
            problems.Add(
                top.Start,
                "search is missing; expected what to vary, such as 'search: { space: { lr: [0.1, 0.3] } }' (`granary train` takes a file without it)");
        }

        return new SearchSpec { Space = [] };
    }

    private static void CheckPresent(SweepSpec spec, Mark place, Problems problems)
    {
        bool Varies(string key) => spec.Search.Space.Any(parameter => SettingTable.Find(parameter.Name)?.Key == key);
        if (spec.Model.Name is null && !Varies("model"))
        {
            problems.Add(place, "no network is named; expected 'model: NAME' at the top or a list of models in search.space");
        }

        if (spec.Train is { LearningRate: null, FindLearningRate: false } && !Varies("lr"))
        {
            problems.Add(place, "no learning rate is given; expected 'lr' in train or in search.space");
        }
    }

    private static void CheckCombinations(SweepSpec spec, SectionPlaces places, Problems problems)
    {
        foreach (IReadOnlyDictionary<string, string> parameters in Combinations(spec).Take(MostCombinations))
        {
            if (RunChecks.Find(RunResolver.Resolve(spec, parameters)) is { } problem)
            {
                problems.Add(places.Of(problem), problem.Message);
                return;
            }
        }
    }

    // Every combination of the listed choices; a range stands at its lower end.
    private static IEnumerable<IReadOnlyDictionary<string, string>> Combinations(SweepSpec spec)
    {
        IEnumerable<IReadOnlyDictionary<string, string>> combinations = [new Dictionary<string, string>()];
        foreach (ParameterSpec parameter in spec.Search.Space)
        {
            IReadOnlyList<string> values = parameter switch
            {
                ChoiceParameter choice => choice.Values,
                RangeParameter range => [range.Low.ToString("R", System.Globalization.CultureInfo.InvariantCulture)],
                _ => throw new InvalidOperationException($"{parameter.GetType().Name} is a new kind of parameter, which this check does not know."),
            };
            combinations = combinations.SelectMany(_ => values, (taken, value) => new Dictionary<string, string>(taken) { [parameter.Name] = value });
        }

        return combinations;
    }
}
