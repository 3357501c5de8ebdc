using Granary.Trainer.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Learning;

/// <summary>
/// The training loop: fastai's <c>Learner</c>. The loop knows batches, loss, backward and step; whatever else a run does is a
/// <see cref="Callback"/>. Used from the training thread only.
/// </summary>
internal sealed class Learner
{
    private readonly LearnerParts _parts;
    private readonly Callback[] _callbacks;
    private readonly Parameter[] _trained;
    private readonly BatchTensors _tensors;
    private readonly Evaluator _evaluator;
    private IImageSource _source = null!;
    private BatchPlan _plan = null!;

    /// <summary>A learner at the start of its run.</summary>
    /// <param name="parts">What it is made of.</param>
    public Learner(LearnerParts parts)
    {
        _parts = parts;
        _callbacks = [.. parts.Callbacks.OrderBy(callback => callback.Order)];
        _trained = [.. parts.Optimizer.parameters()];
        _tensors = new BatchTensors(parts.Device, parts.Data.Normalisation);
        _evaluator = new Evaluator(parts, _tensors);
        Times = new StepTimes(parts.Time);
    }

    /// <summary>The network.</summary>
    public Module<Tensor, Tensor> Model => _parts.Model;

    /// <summary>The optimizer of its parameters.</summary>
    public optim.Optimizer Optimizer => _parts.Optimizer;

    /// <summary>The ranks.</summary>
    public IReduction Reduction => _parts.Reduction;

    /// <summary>Epochs of the whole run.</summary>
    public int Epochs => _parts.Epochs;

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch => _parts.BatchesPerEpoch;

    /// <summary>Ends the run without a checkpoint; for callbacks that wait for something.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Where the run is. Set it, and <see cref="Sums"/>, before <see cref="Fit"/> to go on from a checkpoint.</summary>
    public Position Position { get; set; }

    /// <summary>Sums over the running epoch's examples, kept by <see cref="EpochSums"/>.</summary>
    public RunningSums Sums { get; set; }

    /// <summary>Sums over the running step's examples.</summary>
    public StepTotals Totals { get; } = new();

    /// <summary>This rank's part of the running batch.</summary>
    public HostBatch Batch { get; private set; } = null!;

    /// <summary>The running batch is the last whose gradients go into the step.</summary>
    public bool IsLastOfStep { get; private set; }

    /// <summary>The running batch's targets, int64 (N); null on a rank with an empty slice. Lives until the batch's backward is done.</summary>
    public Tensor? Targets { get; private set; }

    /// <summary>The network's answer, (N, classes); null on a rank with an empty slice. Lives until the batch's backward is done.</summary>
    public Tensor? Prediction { get; private set; }

    /// <summary>Mean loss of this rank's part, a scalar; null on a rank with an empty slice. Lives until the batch's backward is done.</summary>
    public Tensor? Loss { get; private set; }

    /// <summary>The running step's learning rate.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The running step's gradient norm before <see cref="GradientClip"/>; 0 where nothing is clipped.</summary>
    public double GradientNorm { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _parts.Time;

    /// <summary>Where the running step's time goes.</summary>
    public StepTimes Times { get; }

    /// <summary>What callbacks measured in the running step besides, for the reports: by a metric's name.</summary>
    public Dictionary<string, double> Measures { get; } = [];

    /// <summary>The same of the running epoch.</summary>
    public Dictionary<string, double> EpochMeasures { get; } = [];

    /// <summary>The last completed epoch's validation.</summary>
    public Validation Validation { get; private set; }

    /// <summary>Set by a callback on every rank alike: the loop ends after the running step or epoch.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Trains from <see cref="Position"/> to the last epoch, or until a callback requests the stop.</summary>
    /// <param name="cancellationToken">Ends the run at the next step.</param>
    /// <exception cref="DivergedException">The loss is not finite.</exception>
    public void Fit(CancellationToken cancellationToken)
    {
        Cancellation = cancellationToken;
        Call(callback => callback.BeforeFit(this));
        try
        {
            while (Position.Epoch < Epochs && !StopRequested)
                FitEpoch();
        }
        finally
        {
            Call(callback => callback.AfterFit(this));
        }
    }

    /// <summary>The network's answer to a batch, as training computes it; the caller's dispose scope has it.</summary>
    /// <param name="batch">At least one example.</param>
    public Tensor Forward(HostBatch batch) => Model.call(_tensors.Inputs(batch));

    /// <summary>This rank's parts of the running step's batches, read again, for whoever must look twice. Dispose each.</summary>
    public IEnumerable<HostBatch> ReadAgain() =>
        BatchLoader.Read(_source, _plan, Position.Batch, Cancellation).Take(StepEnd - Position.Batch);

    private void FitEpoch()
    {
        EpochMeasures.Clear();
        Call(callback => callback.BeforeEpoch(this));
        Model.train();
        int[] order = Permutation.OfEpoch(Enumerable.Range(0, _parts.Data.Train.Count).ToArray(), _parts.Seed, Position.Epoch);
        _plan = new BatchPlan(order, _parts.BatchSize, Reduction.Rank, Reduction.WorldSize);
        _source = _parts.Data.OfEpoch(_parts.Seed, Position.Epoch);
        using IEnumerator<HostBatch> batches = BatchLoader.Read(_source, _plan, Position.Batch, Cancellation).GetEnumerator();
        while (Position.Batch < _plan.Batches)
        {
            Step(batches);
            if (StopRequested)
                return;
        }

        Call(callback => callback.BeforeValidation(this));
        Validation = _evaluator.Run(Cancellation);
        Position = new Position(Position.Epoch + 1, 0, Position.Step);
        Call(callback => callback.AfterEpoch(this));
        Sums = default;
    }

    // One step of the optimizer: the mean gradient over all examples of one or, accumulating, of several batches.
    private void Step(IEnumerator<HostBatch> batches)
    {
        using DisposeScope scope = NewDisposeScope();
        Totals.Clear();
        Measures.Clear();
        SetLearningRate();
        Call(callback => callback.BeforeBatch(this));
        ForgetGradients();
        int end = StepEnd;
        int examples = _plan.GlobalSize(Position.Batch, end);
        Times.Begin();
        for (int index = Position.Batch; index < end && Next(batches); index++)
        {
            using HostBatch batch = batches.Current;
            IsLastOfStep = index == end - 1;
            Backward(batch, examples);
        }

        Call(callback => callback.AfterBackward(this));
        Optimizer.step();
        Times.End(StepPhase.Update);
        Position = Position with { Batch = end, Step = Position.Step + 1 };
        Call(callback => callback.AfterStep(this));
    }

    // Without a gradient backward hands its own over; zeros would have to be written first, and then read and added to.
    private void ForgetGradients()
    {
        foreach (Parameter parameter in _trained)
            parameter.grad = null;
    }

    private bool Next(IEnumerator<HostBatch> batches)
    {
        bool any = batches.MoveNext();
        Times.End(StepPhase.Load);
        return any;
    }

    private void Backward(HostBatch batch, int examples)
    {
        Batch = batch;
        (Targets, Prediction, Loss) = (null, null, null);
        if (batch.Count == 0)
        {
            Call(callback => callback.OnEmptyBatch(this));
            Times.End(StepPhase.Backward);
            return;
        }

        // Of its own, so that an accumulating step holds one batch at a time.
        using DisposeScope scope = NewDisposeScope();
        Targets = _tensors.Targets(batch);
        Prediction = Forward(batch);
        Loss = _parts.Loss(Prediction, Targets);
        Call(callback => callback.AfterLoss(this));
        Times.End(StepPhase.Forward);
        // The usual case multiplies by nothing, so one rank computes exactly what a plain loop does.
        Tensor weighted = batch.Count == examples ? Loss : Loss * ((float)batch.Count / examples);
        weighted.backward();
        Times.End(StepPhase.Backward);
    }

    // The batch after the running step's last.
    private int StepEnd => Math.Min(Position.Batch + _parts.Accumulate, _plan.Batches);

    private void SetLearningRate()
    {
        LearningRate = _parts.Schedule(Position.Step);
        foreach (optim.ILearningRateController group in Optimizer.ParamGroups)
            group.LearningRate = LearningRate;
    }

    private void Call(Action<Callback> hook)
    {
        foreach (Callback callback in _callbacks)
            hook(callback);
    }
}
