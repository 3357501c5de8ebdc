using Granary.Trainer.Learning;

namespace Granary.Trainer.Tools.Training;

/// <summary>Keeps what a rank did when, up to a million things.</summary>
/// <param name="rank">The rank.</param>
/// <param name="time">The clock; its timestamps are the same in every process of a machine.</param>
internal sealed class TimelineRecorder(int rank, TimeProvider time) : Callback
{
    private const int Most = 1_000_000;

    private readonly List<TimelineSpan> _spans = [];
    private long _validation;

    /// <inheritdoc/>
    // After all others, so that an epoch's end has their reports and checkpoints in it.
    public override int Order => 100;

    /// <summary>The rank.</summary>
    public int Rank => rank;

    /// <summary>What it did, in order.</summary>
    public IReadOnlyList<TimelineSpan> Spans => _spans;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => learner.Times.Ended = (phase, from, to) => Add(Name(phase), from, to, learner);

    /// <inheritdoc/>
    public override void BeforeValidation(Learner learner) => _validation = time.GetTimestamp();

    /// <inheritdoc/>
    public override void AfterEpoch(Learner learner) => Add("validate", _validation, time.GetTimestamp(), learner);

    private void Add(string name, long from, long to, Learner learner)
    {
        if (_spans.Count < Most)
            _spans.Add(new TimelineSpan(name, from, to, learner.Position.Step + 1));
    }

    private static string Name(StepPhase phase) => phase switch
    {
        StepPhase.Load => "load",
        StepPhase.Forward => "forward",
        StepPhase.Backward => "backward",
        StepPhase.Reduce => "reduce",
        _ => "update",
    };
}
