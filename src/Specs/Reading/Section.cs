using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs.Reading;

/// <summary>One mapping of the file: every key is taken once, and what nobody took is a mistake.</summary>
internal sealed class Section
{
    private readonly Problems _problems;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _left = [];
    private readonly List<string> _known = [];

    private Section(string path, YamlNode node, Problems problems)
    {
        Path = path;
        Start = node.Start;
        _problems = problems;
    }

    /// <summary>Dotted path from the top; empty at the top.</summary>
    public string Path { get; }

    public Mark Start { get; }

    /// <summary>Reads a mapping; anything else is reported and reads as empty.</summary>
    public static Section Read(string path, YamlNode node, Problems problems)
    {
        Section section = new(path, node, problems);
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(node.Start, $"{Label(path)} is {Describe(node)}; expected keys with values, such as '{{ key: value }}'");
            return section;
        }

        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name } scalar)
            {
                section._left[name] = (scalar, value);
            }
            else
            {
                problems.Add(key.Start, $"a key of {Label(path)} is {Describe(key)}; expected a name");
            }
        }

        return section;
    }

    /// <summary>What stands under <paramref name="key"/>; null when it is absent.</summary>
    public YamlNode? Take(string key)
    {
        _known.Add(key);
        return _left.Remove(key, out (YamlScalarNode Key, YamlNode Value) entry) ? entry.Value : null;
    }

    /// <summary>The text under <paramref name="key"/>, and where it stands; null when it is absent or not a single value.</summary>
    public (string Text, Mark Place)? TakeText(string key) => Take(key) is { } node && Text(node, Join(key)) is { } text ? (text, node.Start) : null;

    /// <summary>The section under <paramref name="key"/>; null when it is absent.</summary>
    public Section? TakeSection(string key) => Take(key) is { } node ? Read(Join(key), node, _problems) : null;

    /// <summary>What has not been taken.</summary>
    public IEnumerable<(string Key, YamlNode Value)> TakeRest()
    {
        foreach ((string key, (_, YamlNode value)) in _left.ToArray())
        {
            _left.Remove(key);
            yield return (key, value);
        }
    }

    /// <summary>Reports every key that nobody took.</summary>
    public void Close()
    {
        foreach ((string key, (YamlScalarNode node, _)) in _left)
        {
            _problems.Add(node.Start, $"unknown key '{key}' in {Label(Path)}{NearestName.Hint(key, _known)}");
        }
    }

    /// <summary>The text of a single value; anything else is reported.</summary>
    public string? Text(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        _problems.Add(node.Start, $"{path} is {Describe(node)}; expected a single value");
        return null;
    }

    public string Join(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    internal static string Describe(YamlNode node) => node switch
    {
        YamlSequenceNode => "a list",
        YamlMappingNode => "a section",
        YamlScalarNode { Value: null or "" } => "empty",
        _ => $"'{node}'",
    };

    private static string Label(string path) => path.Length == 0 ? "the sweep file" : $"'{path}'";
}
