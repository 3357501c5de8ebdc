using Granary.Specs.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Granary.Specs;

/// <summary>Reads sweep files: YAML, see docs/sweep-file.md.</summary>
public static class SweepFile
{
    /// <summary>The longest file that is read, in characters.</summary>
    public const int LongestText = 1 << 20;

    // The loader recurses; no sensible file nests deeper than its five levels.
    private const int DeepestNesting = 32;

    /// <summary>Reads and validates a file; finds every mistake, not only the first.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static SweepFileResult Read(string text, string fileName)
    {
        Problems problems = new(fileName);
        SweepSpec? spec = Load(text, problems) is { } root ? SweepReader.Read(root, problems) : null;
        return new SweepFileResult(problems.Any ? null : spec, problems.Found);
    }

    /// <summary>
    /// Reads the same file as one run without a search: <c>search</c> may be missing, of its objective comes what the best checkpoint is, and
    /// each parameter of its space needs a setting.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="settings">Settings that win over the file's, each <c>key=value</c> with a key or path of the file, such as <c>lr=0.1</c>.</param>
    public static RunFileResult ReadRun(string text, string fileName, IReadOnlyList<string> settings)
    {
        Problems problems = new(fileName);
        (string Name, RunSpec Run)? read = Load(text, problems) is { } root ? RunReader.Read(root, settings, problems) : null;
        return problems.Any || read is not { } run ? new RunFileResult("", null, problems.Found) : new RunFileResult(run.Name, run.Run, []);
    }

    private static YamlNode? Load(string text, Problems problems)
    {
        if (text.Length > LongestText)
        {
            problems.Add(Mark.Empty, $"the file has {text.Length} characters; expected at most {LongestText}");
            return null;
        }

        try
        {
            if (TooDeep(text, problems))
            {
                return null;
            }

            YamlStream stream = [];
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
            {
                return stream.Documents[0].RootNode;
            }

            problems.Add(Mark.Empty, stream.Documents.Count == 0
                ? "the file is empty; expected a sweep, see docs/sweep-file.md"
                : $"the file holds {stream.Documents.Count} documents; expected one");
        }
        catch (YamlException error)
        {
            problems.Add(error.Start, $"this is not YAML: {error.Message}");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet's scanner meets some broken texts, such as "[\na: b", with these.
            problems.Add(Mark.Empty, "this is not YAML: a bracket, a brace or a quote is not closed");
        }

        return null;
    }

    private static bool TooDeep(string text, Problems problems)
    {
        Parser parser = new(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            ParsingEvent current = parser.Current!;
            depth += current.NestingIncrease;
            if (depth > DeepestNesting)
            {
                problems.Add(current.Start, $"sections nest more than {DeepestNesting} deep");
                return true;
            }

            if (current is AnchorAlias)
            {
                problems.Add(current.Start, "YAML aliases (*name) are not supported; write the value out");
                return true;
            }
        }

        return false;
    }
}
