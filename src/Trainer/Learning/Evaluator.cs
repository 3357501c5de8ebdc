using Granary.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Learning;

/// <summary>Loss and accuracy over the whole validation set, each rank taking its slice of every batch.</summary>
/// <param name="parts">The learner's parts.</param>
/// <param name="tensors">Puts batches on the device.</param>
internal sealed class Evaluator(LearnerParts parts, BatchTensors tensors)
{
    // A peer may lag by the whole of its slice, not by one step.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the network, in eval mode, over the set.</summary>
    /// <param name="cancellationToken">Ends the pass at the next batch.</param>
    public Validation Run(CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        parts.Model.eval();
        IReduction reduction = parts.Reduction;
        int[] order = [.. Enumerable.Range(0, parts.Data.Valid.Count)];
        var plan = new BatchPlan(order, parts.BatchSize, reduction.Rank, reduction.WorldSize);
        double loss = 0;
        double correct = 0;
        using (no_grad())
        {
            foreach (HostBatch batch in BatchLoader.Read(parts.Data.Valid, plan, first: 0, cancellationToken))
            {
                using (batch)
                {
                    (float batchLoss, float batchCorrect) = Measure(batch);
                    loss += batchLoss;
                    correct += batchCorrect;
                }
            }
        }

        float[] sums = [(float)loss, (float)correct];
        TrainingThread.Await(() => reduction.SumAsync(sums, Patience, cancellationToken));
        return new Validation(sums[0] / order.Length, sums[1] / order.Length, parts.Time.GetElapsedTime(start).TotalSeconds);
    }

    private (float Loss, float Correct) Measure(HostBatch batch)
    {
        if (batch.Count == 0)
            return (0, 0);
        using DisposeScope scope = NewDisposeScope();
        Tensor targets = tensors.Targets(batch);
        Tensor prediction = parts.Model.call(tensors.Inputs(batch));
        Tensor loss = functional.cross_entropy(prediction, targets);
        return BatchMetrics.Of(loss, prediction, targets);
    }
}
