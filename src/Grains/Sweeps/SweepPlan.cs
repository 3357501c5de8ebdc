using System.Security.Cryptography;
using System.Text;
using Granary.Grains.Scheduling;
using Granary.Grains.Search;
using Granary.Specs;
using Granary.Sweeps;

namespace Granary.Grains.Sweeps;

/// <summary>A sweep's file, read: its spec and the algorithms that it names.</summary>
internal sealed class SweepPlan
{
    private SweepPlan(SweepDefinition definition, SweepSpec spec)
    {
        Definition = definition;
        Spec = spec;
        Search = SearchAlgorithms.Find(spec.Search.Algorithm);
        Scheduler = TrialSchedulers.For(spec.Search);
        PlannedTrials = Search.CountTrials(spec.Search);
        FileHash = HashOf(definition.File);
    }

    public SweepDefinition Definition { get; }

    public SweepSpec Spec { get; }

    public ISearchAlgorithm Search { get; }

    public ITrialScheduler Scheduler { get; }

    public int PlannedTrials { get; }

    public string FileHash { get; }

    /// <exception cref="SweepFileException">The file is not a valid sweep file.</exception>
    public static SweepPlan Read(SweepDefinition definition) =>
        new(definition, ReadSpec(definition.File, definition.Id + ".yaml"));

    /// <exception cref="SweepFileException">The file is not a valid sweep file.</exception>
    public static SweepSpec ReadSpec(string file, string fileName)
    {
        SweepFileResult result = SweepFile.Read(file, fileName);
        return result.Spec ?? throw new SweepFileException(string.Join('\n', result.Problems));
    }

    public static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
}
