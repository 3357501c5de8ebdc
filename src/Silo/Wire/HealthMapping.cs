using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Wire;

/// <summary>Verdicts over a run's layers. The numbers of both enumerations are alike; a test holds them together.</summary>
internal static class HealthMapping
{
    private const int LongestSentence = 1_000;

    /// <summary>A verdict for clients; null stays unset.</summary>
    public static V1.RunHealth? ToProto(HealthReport? report) =>
        report is null ? null : new V1.RunHealth { Health = (V1.LayerHealth)report.Health, Sentence = report.Sentence };

    /// <summary>A worker's verdict; null when it has none.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the sentence cannot be right.</exception>
    public static HealthReport? FromProto(V1.RunHealth? health)
    {
        Check(health);
        if (health is null) return null;
        // A newer worker may know of worse.
        TrialHealth known = Enum.IsDefined((TrialHealth)health.Health) ? (TrialHealth)health.Health : TrialHealth.Unknown;
        return new HealthReport(known, health.Sentence);
    }

    /// <summary>Refuses a sentence that is too long or unprintable.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is.</exception>
    public static void Check(V1.RunHealth? health)
    {
        if (health is { Sentence.Length: > 0 }) Requests.Name(health.Sentence, "health.sentence", LongestSentence);
    }
}
