using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>Loses its rank once, in one phase of one step.</summary>
internal sealed class LostHere(LossPhase phase, long step, Action lose) : Callback
{
    private bool _done;

    // After the averages are in the weights' place, and before rank 0 is answered.
    public override int Order => phase == LossPhase.Step ? 98 : phase == LossPhase.Backward ? 49 : 94;

    public override void AfterLoss(Learner learner) => LoseIn(LossPhase.Forward, learner.Position.Step + 1);

    public override void AfterBackward(Learner learner) => LoseIn(LossPhase.Backward, learner.Position.Step + 1);

    public override void AfterStep(Learner learner) => LoseIn(LossPhase.Step, learner.Position.Step);

    public override void BeforeValidation(Learner learner) => LoseIn(LossPhase.Validation, learner.Position.Step);

    public override void AfterEpoch(Learner learner) => LoseIn(LossPhase.Report, learner.Position.Step);

    private void LoseIn(LossPhase here, long at)
    {
        if (_done || here != phase || at < step) return;
        _done = true;
        lose();
    }
}
