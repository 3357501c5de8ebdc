using Granary.Trainer.Data;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>Finds where the first number that is not finite came up in a step, and says so in a sentence.</summary>
internal static class FirstNotFinite
{
    // The peers look at the same batch again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The first parameter that was not finite when the step began; null: all were.</summary>
    /// <param name="network">The network.</param>
    public static string? InWeights(Network network) =>
        First(network, parameter => parameter) is { } name ? $"{name} was the first of the weights that were not finite before the step." : null;

    /// <summary>The first parameter in the forward pass's order whose gradient is not finite.</summary>
    /// <param name="network">The network.</param>
    public static string InGradients(Network network) => First(network, parameter => parameter.grad) is { } name
        ? $"The gradient of {name} was the first that was not finite; the loss still was."
        : "Each gradient was finite; together they are too great to measure.";

    /// <summary>
    /// The first stage whose output is not finite, in a second forward pass over the step's batches. All ranks call it together and get the
    /// same answer: the earliest stage on any of them.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="learner">The learner, in its step, with the weights that the step began with.</param>
    /// <param name="seed">The run's seed: dropout drops what it dropped.</param>
    public static string InOutputs(Network network, Learner learner, long seed)
    {
        using IDisposable grad = no_grad();
        // One place per stage, and a last one for the loss.
        float[] found = new float[network.Stages.Count + 1];
        StepSeed.Set(seed, learner.Reduction.Rank, learner.Position.Step);
        foreach (HostBatch batch in learner.ReadAgain())
        {
            using (batch)
            {
                if (batch.Count > 0)
                    found[FirstStage(network, learner, batch)]++;
            }
        }

        TrainingThread.Await(() => learner.Reduction.SumAsync(found, Patience, learner.Cancellation));
        int first = Array.FindIndex(found, count => count > 0);
        return first >= 0 && first < network.Stages.Count
            ? $"{network.Stages[first].Name} was the first layer whose output was not finite; all weights were."
            : "Every layer's output was finite; the logits are too far apart for the loss.";
    }

    private static int FirstStage(Network network, Learner learner, HostBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        int first = network.Stages.Count;
        List<Action> unhook = [];
        for (int i = 0; i < network.Stages.Count; i++)
        {
            int stage = i;
            var hook = network.Stages[i].Module.register_forward_hook((_, _, output) =>
            {
                if (stage < first && !IsFinite(output))
                    first = stage;
                return output;
            });
            unhook.Add(hook.remove);
        }

        try
        {
            learner.Forward(batch);
        }
        finally
        {
            unhook.ForEach(remove => remove());
        }

        return first;
    }

    private static string? First(Network network, Func<Tensor, Tensor?> choose)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return (from stage in network.Stages
                from named in stage.Module.named_parameters()
                where choose(named.parameter) is { } tensor && !IsFinite(tensor)
                select $"{stage.Name}.{named.name}").FirstOrDefault();
    }

    private static bool IsFinite(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor.detach().isfinite().all().item<bool>();
    }
}
