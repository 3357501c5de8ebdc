using System.Security.Cryptography;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Compares the ranks' parameters every few steps. They are equal bit for bit unless memory or arithmetic failed somewhere, or a program
/// changed them on one rank alone; the run ends then, on every rank with the same message.
/// </summary>
/// <param name="ring">The ranks.</param>
/// <param name="every">Steps between two comparisons, at least 1.</param>
internal sealed class ParameterChecksum(ICollective ring, int every) : Callback
{
    // Enough of a hash that equal ones of different parameters will not be met.
    private const int HashBytes = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private (string Name, Tensor Parameter)[] _parameters = [];

    /// <inheritdoc/>
    // After whoever reports the step: a rank that is lost during the comparison must not take the step's report with it.
    public override int Order => 97;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) =>
        _parameters = [.. learner.Model.named_parameters().Select(named => (named.name, (Tensor)named.parameter))];

    /// <inheritdoc/>
    /// <exception cref="DriftException">A rank has other parameters.</exception>
    public override void AfterStep(Learner learner)
    {
        if (learner.Position.Step % every != 0) return;
        var own = Hash();
        var all = new byte[own.Length * ring.WorldSize];
        ring.Activity = $"the checksum after step {learner.Position.Step}";
        TrainingThread.Await(() => ring.AllGatherAsync(own, all, Patience, learner.Cancellation));
        Compare(all, learner.Position.Step);
    }

    private byte[] Hash()
    {
        var hashes = new byte[_parameters.Length * HashBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < _parameters.Length; i++)
        {
            var bytes = new byte[TensorBytes.Count(_parameters[i].Parameter)];
            TensorBytes.Read(_parameters[i].Parameter, bytes);
            SHA256.HashData(bytes, hash);
            hash[..HashBytes].CopyTo(hashes.AsSpan(i * HashBytes));
        }

        return hashes;
    }

    private void Compare(byte[] all, long step)
    {
        var ranks = Enumerable.Range(0, ring.WorldSize).ToArray();
        for (var i = 0; i < _parameters.Length; i++)
        {
            var byHash = ranks.GroupBy(rank => Convert.ToHexString(Of(all, rank, i))).OrderByDescending(group => group.Count()).ToArray();
            if (byHash.Length > 1) throw new DriftException(step, _parameters[i].Name, Drifted([.. byHash.Select(group => group.ToArray())]));
        }
    }

    private ReadOnlySpan<byte> Of(byte[] all, int rank, int parameter) =>
        all.AsSpan(((rank * _parameters.Length) + parameter) * HashBytes, HashBytes);

    // Most ranks are right. Two of two are of two minds, and nobody can say which.
    private static string Drifted(int[][] groups)
    {
        if (groups[0].Length == groups[1].Length) return $"{Names([.. groups.SelectMany(group => group).Order()])} do not agree";
        int[] drifted = [.. groups.Skip(1).SelectMany(group => group).Order()];
        return $"{Names(drifted)} {(drifted.Length == 1 ? "has" : "have")} drifted from the others";
    }

    private static string Names(int[] ranks) => (ranks.Length == 1 ? "rank " : "ranks ") + string.Join(", ", ranks);
}
