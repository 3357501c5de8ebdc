using System.Globalization;
using Granary.Trainer.Parallel;

namespace Granary.Trainer.Tools.Training;

/// <summary>Where the ranks' time went, as lines for the user.</summary>
internal static class RankReport
{
    /// <summary>The lines; none before a step is known.</summary>
    /// <param name="times">The run's times.</param>
    public static IEnumerable<string> Lines(RankTimes times)
    {
        if (times.Steps == 0)
            yield break;
        yield return "milliseconds of a step:  load  forward  backward  reduce  wait for others";
        foreach ((int rank, RankTime mean) in times.Mean.Index())
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{$"rank {rank}",22}  {mean.Load * 1e3,5:0.0}  {mean.Forward * 1e3,7:0.0}  {mean.Backward * 1e3,8:0.0}"
                + $"  {mean.Reduce * 1e3,6:0.0}  {mean.Wait * 1e3,15:0.0}");
        }

        if (times.Slowest is { } slowest)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The others waited for rank {slowest.Rank} most: {slowest.Share:0.0 %} of their time.");
        }
    }
}
