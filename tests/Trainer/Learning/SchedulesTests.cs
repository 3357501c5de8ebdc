using Granary.Specs;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Learning;

public sealed class SchedulesTests
{
    // PyTorch 1.13: OneCycleLR(max_lr=0.4, total_steps=100, pct_start=0.25, div_factor=25, final_div_factor=4000).
    [Theory]
    [InlineData(0, 0.016000000000000014)]
    [InlineData(1, 0.017642586616228417)]
    [InlineData(12, 0.20800000000000002)]
    [InlineData(24, 0.4)]
    [InlineData(25, 0.3998245677741115)]
    [InlineData(62, 0.1958135579081684)]
    [InlineData(98, 0.00017943222588852106)]
    [InlineData(99, 4e-06)]
    public void OneCycle_HundredSteps_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Schedules.OneCycle(step, 0.4, 100), 12);

    // The same with max_lr=1 and total_steps=10, whose turn lies between two steps.
    [Theory]
    [InlineData(1, 0.7599999999999999)]
    [InlineData(2, 0.9890739096288992)]
    [InlineData(5, 0.5522687089915104)]
    [InlineData(9, 1e-05)]
    public void OneCycle_TurnBetweenSteps_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Schedules.OneCycle(step, 1.0, 10), 12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void OneCycle_VeryShortRuns_StayWithinThePeak(long totalSteps)
    {
        for (long step = 0; step < totalSteps; step++)
            Assert.InRange(Schedules.OneCycle(step, 0.4, totalSteps), 4e-06 - 1e-18, 0.4);
    }

    // cycle_momentum=True, base_momentum=0.85, max_momentum=0.95 of the first one.
    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(1, 0.9495722430686905)]
    [InlineData(12, 0.8999999999999999)]
    [InlineData(24, 0.85)]
    [InlineData(25, 0.850043858495057)]
    [InlineData(62, 0.9010471209941678)]
    [InlineData(99, 0.95)]
    public void OneCycleMomentum_HundredSteps_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Schedules.OneCycleMomentum(step, 100), 12);

    // CosineAnnealingLR(T_max=100, eta_min=0.01) from 0.4.
    [Theory]
    [InlineData(0, 0.4)]
    [InlineData(1, 0.3999037792713177)]
    [InlineData(25, 0.3428858223313768)]
    [InlineData(50, 0.20500000000000002)]
    [InlineData(99, 0.010096220728682338)]
    public void LearningRate_Cosine_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Rate(Train("cosine"), stepsPerEpoch: 10)(step), 12);

    // CosineAnnealingWarmRestarts(T_0, T_mult, eta_min=0.01) from 0.4, one epoch a step.
    [Theory]
    [InlineData(10, 1, 9, 0.01954397932244506)]
    [InlineData(10, 1, 10, 0.4)]
    [InlineData(10, 1, 69, 0.01954397932244506)]
    [InlineData(10, 1, 70, 0.4)]
    [InlineData(10, 2, 10, 0.4)]
    [InlineData(10, 2, 19, 0.23550472068284506)]
    [InlineData(10, 2, 29, 0.012400773583948158)]
    [InlineData(10, 2, 30, 0.4)]
    [InlineData(10, 2, 99, 0.2866386488197985)]
    [InlineData(5, 3, 19, 0.014261217856907892)]
    [InlineData(5, 3, 20, 0.4)]
    [InlineData(5, 3, 69, 0.39915580417671187)]
    public void LearningRate_CosineRestarts_EqualsPyTorch(int period, int factor, long step, double expected)
    {
        TrainSpec train = Train("cosine-restarts") with { Epochs = 100, RestartEpochs = period, RestartFactor = factor };

        Assert.Equal(expected, Rate(train, stepsPerEpoch: 1)(step), 12);
    }

    // The same with T_0=3, T_mult=2, stepped by sevenths of an epoch.
    [Theory]
    [InlineData(10, 0.21957236824935275)]
    [InlineData(20, 0.012177988886099939)]
    [InlineData(21, 0.4)]
    [InlineData(40, 0.234063241904354)]
    [InlineData(62, 0.010545259549669875)]
    public void LearningRate_CosineRestartsWithinEpochs_EqualsPyTorch(long step, double expected)
    {
        TrainSpec train = Train("cosine-restarts") with { Epochs = 9, RestartEpochs = 3, RestartFactor = 2 };

        Assert.Equal(expected, Rate(train, stepsPerEpoch: 7)(step), 12);
    }

    // StepLR(step_size=20, gamma=0.5) from 0.4.
    [Theory]
    [InlineData(0, 0.4)]
    [InlineData(19, 0.4)]
    [InlineData(20, 0.2)]
    [InlineData(59, 0.1)]
    [InlineData(60, 0.05)]
    [InlineData(99, 0.025)]
    public void LearningRate_Step_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Rate(Train("step") with { StepEpochs = 2, Gamma = 0.5 }, stepsPerEpoch: 10)(step), 12);

    // ReduceLROnPlateau("max", factor=0.5, threshold=0, min_lr=0.02, eps=0) from 0.4, fed with the same scores.
    [Theory]
    [InlineData(0, "0.4 0.4 0.4 0.2 0.1 0.05 0.05 0.025 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02")]
    [InlineData(1, "0.4 0.4 0.4 0.4 0.2 0.2 0.2 0.2 0.1 0.1 0.05 0.05 0.025 0.025 0.02 0.02 0.02 0.02 0.02")]
    [InlineData(2, "0.4 0.4 0.4 0.4 0.4 0.2 0.2 0.2 0.2 0.1 0.1 0.1 0.05 0.05 0.05 0.05 0.05 0.05 0.025")]
    public void LearningRate_Plateau_EqualsPyTorchAfterEachEpoch(int patience, string expected)
    {
        double[] all = [0.1, 0.2, 0.2, 0.15, 0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, double.NaN, 0.31, 0.1, 0.1, 0.1];
        TrainSpec train = Train("plateau") with { Gamma = 0.5, Patience = patience, MinLearningRate = 0.02 };

        IEnumerable<double> rates = Enumerable.Range(0, all.Length + 1)
            .Select(epochs => Schedules.LearningRate(train, 10, () => all[..epochs])(epochs * 10));

        Assert.All(
            expected.Split(' ').Zip(rates),
            pair => Assert.Equal(double.Parse(pair.First, System.Globalization.CultureInfo.InvariantCulture), pair.Second, 12));
    }

    // Epochs of the warm-up have no say: they would lower the rate before it was reached.
    [Fact]
    public void LearningRate_PlateauAfterWarmUp_WaitsFromTheFirstEpochAfterIt()
    {
        TrainSpec train = Train("plateau") with { Gamma = 0.5, Patience = 0, WarmUp = 2 };

        Assert.Equal(0.4, Schedules.LearningRate(train, 10, () => [0.9, 0.1, 0.2])(30), 12);
        Assert.Equal(0.2, Schedules.LearningRate(train, 10, () => [0.9, 0.1, 0.2, 0.2])(40), 12);
    }

    // SequentialLR([LinearLR(start_factor=1/8, total_iters=7), CosineAnnealingLR(T_max=93, eta_min=0.01)], milestones=[7]) from 0.4.
    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.1)]
    [InlineData(6, 0.35000000000000003)]
    [InlineData(7, 0.4)]
    [InlineData(8, 0.399888750731295)]
    [InlineData(50, 0.22800155984441497)]
    [InlineData(99, 0.01011124926870499)]
    public void LearningRate_WarmUpOfPartOfAnEpoch_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Rate(Train("cosine") with { WarmUp = 0.7 }, stepsPerEpoch: 10)(step), 12);

    [Theory]
    [InlineData("constant")]
    [InlineData("step")]
    [InlineData("cosine")]
    [InlineData("cosine-restarts")]
    [InlineData("plateau")]
    [InlineData("one-cycle")]
    public void LearningRate_WarmUpInFrontOfAny_RisesToItsFirstRateAndThenFollowsIt(string schedule)
    {
        Func<long, double> warm = Rate(Train(schedule) with { WarmUp = 4 }, stepsPerEpoch: 10);
        Func<long, double> after = Rate(Train(schedule) with { Epochs = 6 }, stepsPerEpoch: 10);

        Assert.All(Enumerable.Range(0, 40), step => Assert.Equal(after(0) * (step + 1) / 41, warm(step), 12));
        Assert.All(Enumerable.Range(0, 60), step => Assert.Equal(after(step), warm(step + 40), 12));
    }

    [Fact]
    public void LearningRate_Constant_StaysAtThePeak()
    {
        Func<long, double> schedule = Rate(Train("constant"), stepsPerEpoch: 10);

        Assert.Equal([0.4, 0.4], [schedule(0), schedule(99)]);
    }

    [Fact]
    public void LearningRate_UnknownName_IsRefused() => Assert.Throws<ArgumentException>(() => Rate(Train("wobbly"), stepsPerEpoch: 10));

    [Theory]
    [InlineData("one-cycle", "sgd", 0.9, true)]
    [InlineData("one-cycle", "sgd", 0.0, false)]
    [InlineData("one-cycle", "rmsprop", 0.0, false)]
    [InlineData("one-cycle", "adamw", 0.0, true)]
    [InlineData("cosine", "sgd", 0.9, false)]
    public void Momentum_OfASchedule_MovesWhereThereIsOne(string schedule, string optimizer, double momentum, bool moves)
    {
        TrainSpec train = Train(schedule) with { Optimizer = optimizer, Momentum = momentum, WarmUp = 2 };

        Func<long, double>? cycle = Schedules.Momentum(train, stepsPerEpoch: 10);

        Assert.Equal(moves, cycle is not null);
        Assert.Equal(moves ? [0.95, 0.95, 0.85, 0.95] : [], cycle is null ? [] : new long[] { 0, 20, 39, 99 }.Select(cycle), Near);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;

    private static TrainSpec Train(string schedule) => new() { LearningRate = 0.4, Schedule = schedule, MinLearningRate = 0.01, Epochs = 10, RestartEpochs = 3 };

    private static Func<long, double> Rate(TrainSpec train, long stepsPerEpoch) => Schedules.LearningRate(train, stepsPerEpoch, () => []);

    // Goyal et al. (arXiv:1706.02677), section 2.2: from the rate of one worker by equal steps to k times it; then the schedule, scaled.
    [Theory]
    [InlineData(0, 0.1 + (0.3 * 1 / 5))]
    [InlineData(3, 0.1 + (0.3 * 4 / 5))]
    [InlineData(4, 0.4)]
    [InlineData(12, 0.04)]
    public void LearningRate_ScaledByFourRanks_WarmsUpFromTheRateOfOne(long step, double expected)
    {
        TrainSpec train = new() { LearningRate = 0.1, Schedule = "step", StepEpochs = 4, WarmUp = 2, Epochs = 10 };

        Assert.Equal(expected, Schedules.LearningRate(train, 2, () => [], scale: 4)(step), 12);
    }

    [Fact]
    public void LearningRate_ScaledCosine_EndsAtTheScaledLeastRate()
    {
        TrainSpec train = new() { LearningRate = 0.1, MinLearningRate = 0.01, Schedule = "cosine", Epochs = 10 };

        Func<long, double> rate = Schedules.LearningRate(train, 2, () => [], scale: 2);

        Assert.Equal([0.2, 0.02], new[] { rate(0), rate(20) }.Select(x => Math.Round(x, 12)));
    }
}
