using System.Globalization;
using Granary.Specs.Settings;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs.Reading;

/// <summary>Reads <c>search.space</c>: lists of choices and ranges of numbers, each named after a setting.</summary>
internal static class SpaceReader
{
    private const int MostChoices = 1_000;

    // uniform and log-uniform draw real numbers; int and log-int whole ones.
    private static readonly Dictionary<string, (bool Logarithmic, bool WholeNumbers)> Ranges = new()
    {
        ["uniform"] = (false, false),
        ["log-uniform"] = (true, false),
        ["int"] = (false, true),
        ["log-int"] = (true, true),
    };

    public static IReadOnlyList<ParameterSpec> Read(Section space, Problems problems)
    {
        List<ParameterSpec> parameters = [];
        foreach ((string name, YamlNode node) in space.TakeRest())
        {
            if (SettingTable.Find(name) is not { } setting)
            {
                string[] names = [.. SettingTable.All.Select(setting => setting.Key)];
                problems.Add(node.Start, $"'{name}' in search.space is not a setting{NearestName.Hint(name, names)}");
            }
            else if (Parameter(name, setting, node, space, problems) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        if (parameters.Count == 0 && !problems.Any)
        {
            problems.Add(space.Start, "search.space is empty; expected at least one setting, such as 'lr: [0.1, 0.3]'");
        }

        return parameters;
    }

    private static ParameterSpec? Parameter(string name, Setting setting, YamlNode node, Section space, Problems problems) => node switch
    {
        YamlMappingNode => Range(name, setting, Section.Read(space.Join(name), node, problems), problems),
        YamlSequenceNode list => Choice(name, setting, [.. list.Children], list, space, problems),
        _ => Choice(name, setting, [node], node, space, problems),
    };

    private static ChoiceParameter? Choice(
        string name, Setting setting, IReadOnlyList<YamlNode> nodes, YamlNode list, Section space, Problems problems)
    {
        List<string> values = [];
        foreach (YamlNode node in nodes.Take(MostChoices + 1))
        {
            if (space.Text(node, space.Join(name)) is not { } text)
            {
                continue;
            }

            SettingsReader.Apply(RunDraft.Defaults, setting, text, node.Start, problems);
            if (values.Contains(text))
            {
                problems.Add(node.Start, $"search.space.{name} has '{text}' twice; each choice may stand once");
            }

            values.Add(text);
        }

        if (nodes.Count is 0 or > MostChoices)
        {
            problems.Add(list.Start, $"search.space.{name} has {nodes.Count} choices; expected 1 to {MostChoices}");
        }

        return values.Count > 0 ? new ChoiceParameter(name, values) : null;
    }

    private static RangeParameter? Range(string name, Setting setting, Section section, Problems problems)
    {
        RangeParameter? range = null;
        foreach ((string kind, (bool logarithmic, bool wholeNumbers)) in Ranges)
        {
            if (section.Take(kind) is { } node)
            {
                range = Ends(name, setting, node, (logarithmic, wholeNumbers), problems);
            }
        }

        section.Close();
        if (range is null && !problems.Any)
        {
            problems.Add(section.Start, $"search.space.{name} is an empty section; expected a range such as '{{ log-uniform: [1e-4, 1.0] }}'");
        }

        return range;
    }

    private static RangeParameter? Ends(
        string name, Setting setting, YamlNode node, (bool Logarithmic, bool WholeNumbers) kind, Problems problems)
    {
        if (node is not YamlSequenceNode { Children: [YamlScalarNode first, YamlScalarNode second] }
            || !Number(first, out double low) || !Number(second, out double high))
        {
            problems.Add(node.Start, $"the range of search.space.{name} is {Section.Describe(node)}; expected two numbers, such as [1e-4, 1.0]");
            return null;
        }

        if (low >= high)
        {
            problems.Add(node.Start, $"the range of search.space.{name} runs from {first} to {second}; expected the lower end first");
            return null;
        }

        if (kind.Logarithmic && low <= 0)
        {
            problems.Add(first.Start, $"the range of search.space.{name} starts at {first}; a logarithmic range starts above 0");
            return null;
        }

        SettingsReader.Apply(RunDraft.Defaults, setting, first.Value!, first.Start, problems);
        SettingsReader.Apply(RunDraft.Defaults, setting, second.Value!, second.Start, problems);
        return new RangeParameter(name, low, high, kind.Logarithmic, kind.WholeNumbers);
    }

    private static bool Number(YamlScalarNode node, out double value) =>
        double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
