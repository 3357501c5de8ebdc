using YamlDotNet.Core;

namespace Granary.Specs.Reading;

/// <summary>Collects the mistakes of one file.</summary>
internal sealed class Problems(string file)
{
    // A file of nonsense is told of its first mistakes, not of thousands.
    private const int Most = 50;

    private readonly List<SweepFileProblem> _found = [];

    public bool Any => _found.Count > 0;

    public IReadOnlyList<SweepFileProblem> Found => [.. _found.OrderBy(problem => (problem.Line, problem.Column))];

    public void Add(Mark place, string message)
    {
        if (_found.Count < Most)
        {
            _found.Add(new SweepFileProblem(file, (int)place.Line, (int)place.Column, message));
        }
    }
}
