using Granary.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Explain;

/// <summary>What a network says about every picture of a set.</summary>
/// <param name="Confusion">Pictures by true class (first) and predicted class (second), square.</param>
/// <param name="MostWrong">The examples of the highest loss among those classified wrongly, highest first.</param>
/// <param name="Examples">Pictures.</param>
/// <param name="Loss">Mean cross-entropy.</param>
internal sealed record Survey(
    IReadOnlyList<IReadOnlyList<long>> Confusion, IReadOnlyList<WrongExample> MostWrong, int Examples, double Loss)
{
    /// <summary>Share of pictures classified rightly, in [0, 1].</summary>
    public double Accuracy => Confusion.Select((row, label) => (double)row[label]).Sum() / Examples;

    /// <summary>Runs the network over a set.</summary>
    /// <param name="model">The network and where it computes.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="mostWrong">Examples of <see cref="MostWrong"/> at most.</param>
    /// <param name="cancellationToken">Ends the pass at the next batch.</param>
    public static Survey Take(ExplainedModel model, IImageSource set, int mostWrong, CancellationToken cancellationToken)
    {
        var tally = new SurveyTally(model.Data.Classes, mostWrong);
        int[] order = [.. Enumerable.Range(0, set.Count)];
        var plan = new BatchPlan(order, Math.Min(model.Run.Data.Batch, 256), 0, 1);
        using IDisposable grad = no_grad();
        foreach (HostBatch batch in BatchLoader.Read(set, plan, first: 0, cancellationToken))
        {
            using (batch)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor logits = functional.log_softmax(model.Network.call(model.Tensors.Inputs(batch)).to(ScalarType.Float32), 1).cpu();
                tally.Add([.. batch.Labels], logits.contiguous().data<float>().ToArray(), (int)logits.shape[1]);
            }
        }

        return tally.ToSurvey();
    }
}
