namespace Granary.Trainer.Learning;

/// <summary>
/// What joins the training loop. All members run on the training thread, in ascending <see cref="Order"/>, inside the step's dispose
/// scope where there is a step. An exception ends the run. What must be awaited goes through <see cref="TrainingThread"/>.
/// </summary>
internal abstract class Callback
{
    /// <summary>
    /// Place among the callbacks. The run's own: 0 for what prepares a step (schedule, random state), 10 for metrics and the stop vote;
    /// the gradient sum belongs at 50; 90 and up look at the summed results (divergence, reports, checkpoints).
    /// </summary>
    public abstract int Order { get; }

    /// <summary>The model is on its device and no step was made yet. A failing one is not followed by <see cref="AfterFit"/>.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void BeforeFit(Learner learner)
    {
    }

    /// <summary>An epoch begins, or goes on in its middle after a resume.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void BeforeEpoch(Learner learner)
    {
    }

    /// <summary>An optimizer step begins, of one batch or of several; <see cref="Learner.Totals"/> are zero.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void BeforeBatch(Learner learner)
    {
    }

    /// <summary>
    /// Prediction and loss of a batch are there; once for each batch of the step. On a rank whose slice of a short last batch is empty,
    /// <see cref="OnEmptyBatch"/> is called instead.
    /// </summary>
    /// <param name="learner">The learner.</param>
    public virtual void AfterLoss(Learner learner)
    {
    }

    /// <summary>This rank's slice of the batch is empty: others compute now, and this rank has no prediction and no loss.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void OnEmptyBatch(Learner learner)
    {
    }

    /// <summary>
    /// Gradients of all the step's batches are there, weighted by this rank's share of the examples: their sum over ranks, not their mean,
    /// is the gradient of the mean loss over the step's examples. On a rank with an empty slice they are zero, or null before its first own
    /// one. Whoever sums them over ranks sums <see cref="StepTotals.Values"/> too.
    /// </summary>
    /// <param name="learner">The learner.</param>
    public virtual void AfterBackward(Learner learner)
    {
    }

    /// <summary>The optimizer has stepped and <see cref="Learner.Position"/> has moved on.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void AfterStep(Learner learner)
    {
    }

    /// <summary>The epoch's steps are done and validation begins: the moment to make buffers agree across ranks.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void BeforeValidation(Learner learner)
    {
    }

    /// <summary>
    /// The epoch is complete: <see cref="Learner.Validation"/> holds its result, <see cref="Learner.Sums"/> its training sums.
    /// </summary>
    /// <param name="learner">The learner.</param>
    public virtual void AfterEpoch(Learner learner)
    {
    }

    /// <summary>The loop has ended, also when it failed: give back what <see cref="BeforeFit"/> took.</summary>
    /// <param name="learner">The learner.</param>
    public virtual void AfterFit(Learner learner)
    {
    }
}
