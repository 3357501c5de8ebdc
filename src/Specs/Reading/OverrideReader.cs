using Granary.Specs.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs.Reading;

/// <summary>Reads <c>overrides</c>: a list of <c>{ when: ..., model: ..., data: ..., train: ..., resources: ... }</c>.</summary>
internal static class OverrideReader
{
    private static readonly string[] Sections = ["model", "data", "train", "resources"];

    public static IReadOnlyList<OverrideSpec> Read(YamlNode? node, IReadOnlyList<ParameterSpec> space, Problems problems)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not YamlSequenceNode list)
        {
            problems.Add(node.Start, $"overrides is {Section.Describe(node)}; expected a list of '- when: ...' entries");
            return [];
        }

        return [.. list.Children.Select((entry, index) => Entry(Section.Read($"overrides[{index}]", entry, problems), space, problems))];
    }

    private static OverrideSpec Entry(Section entry, IReadOnlyList<ParameterSpec> space, Problems problems)
    {
        Dictionary<string, IReadOnlyList<string>> when = [];
        if (entry.TakeSection("when") is { } conditions)
        {
            foreach ((string name, YamlNode node) in conditions.TakeRest())
            {
                when[name] = Condition(name, node, conditions, space, problems);
            }
        }
        else
        {
            problems.Add(entry.Start, $"{entry.Path}.when is missing; expected the trials it applies to, such as 'when: {{ model: lenet-bn }}'");
        }

        Dictionary<string, string> settings = [];
        foreach (string name in Sections)
        {
            if (entry.TakeSection(name) is { } section)
            {
                Settings(name, section, settings, problems);
            }
        }

        entry.Close();
        if (settings.Count == 0 && !problems.Any)
        {
            problems.Add(entry.Start, $"{entry.Path} changes nothing; expected at least one setting under model, data, train or resources");
        }

        return new OverrideSpec(when, settings);
    }

    private static void Settings(string name, Section section, Dictionary<string, string> settings, Problems problems)
    {
        foreach (Setting setting in SettingTable.All.Where(setting => setting.Section == name))
        {
            if (section.TakeText(setting.Key) is (string text, Mark place))
            {
                SettingsReader.Apply(RunDraft.Defaults, setting, text, place, problems);
                settings[setting.Path] = text;
            }
        }

        section.Close();
    }

    private static List<string> Condition(
        string name, YamlNode node, Section conditions, IReadOnlyList<ParameterSpec> space, Problems problems)
    {
        IEnumerable<YamlNode> nodes = node is YamlSequenceNode list ? list.Children : [node];
        List<string> values = [];
        ChoiceParameter? parameter = space.OfType<ChoiceParameter>().FirstOrDefault(choice => choice.Name == name);
        if (parameter is null)
        {
            string[] names = [.. space.OfType<ChoiceParameter>().Select(choice => choice.Name)];
            problems.Add(node.Start, $"'{name}' in {conditions.Path} is not a list in search.space{NearestName.Hint(name, names)}");
            return values;
        }

        foreach (YamlNode value in nodes)
        {
            if (conditions.Text(value, conditions.Join(name)) is not { } text)
            {
                continue;
            }

            values.Add(text);
            if (!parameter.Values.Contains(text))
            {
                problems.Add(
                    value.Start, $"{conditions.Join(name)} is '{text}', which search.space.{name} does not hold{NearestName.Hint(text, parameter.Values)}");
            }
        }

        return values;
    }
}
