namespace Granary.Trainer.Learning;

/// <summary>
/// A stop that all ranks make at the same step: a rank that was asked to stop adds a vote to its step's totals, which are summed with the
/// gradients, and after a step with votes every rank stops.
/// </summary>
internal sealed class StopVote : Callback
{
    private volatile bool _wanted;

    /// <inheritdoc/>
    public override int Order => 10;

    /// <summary>Asks for the stop; from any thread, as often as wanted.</summary>
    public void Request() => _wanted = true;

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner) => learner.Totals.StopVotes = _wanted ? 1 : 0;

    /// <inheritdoc/>
    public override void AfterStep(Learner learner) => learner.StopRequested |= learner.Totals.StopVotes > 0;
}
