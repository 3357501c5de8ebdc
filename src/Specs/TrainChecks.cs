using System.Globalization;

namespace Granary.Specs;

/// <summary>What must hold between the settings of training.</summary>
internal static class TrainChecks
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public static string? Find(TrainSpec train) => Momentum(train) ?? WarmUp(train) ?? Schedule(train) ?? EarlyStop(train);

    private static string? Momentum(TrainSpec train) => train switch
    {
        { Nesterov: false } => null,
        { Optimizer: not "sgd" } => $"train.nesterov is a form of sgd, and train.optimizer is {train.Optimizer}; leave one of them out",
        { Momentum: 0 } => "train.nesterov needs a momentum to look ahead with; set train.momentum above 0, 0.9 for instance",
        _ => null,
    };

    private static string? WarmUp(TrainSpec train) => train.WarmUp < train.Epochs
        ? null
        : $"train.warm-up of {Text(train.WarmUp)} epochs takes the whole run of {train.Epochs}; expected less than train.epochs";

    private static string? Schedule(TrainSpec train) => train.Schedule switch
    {
        "cosine" or "cosine-restarts" or "plateau" when train.MinLearningRate >= train.LearningRate =>
            $"train.min-lr is {Text(train.MinLearningRate)} and train.lr is {Text(train.LearningRate.Value)}: {train.Schedule} goes from train.lr down; "
            + "expected train.min-lr below train.lr",
        "cosine-restarts" when train.RestartEpochs > train.Epochs - train.WarmUp =>
            $"train.restart-epochs is {train.RestartEpochs}: the first period of cosine-restarts would not end within {After(train)}; "
            + "expected a shorter one, or schedule: cosine",
        "step" when train.StepEpochs >= train.Epochs - train.WarmUp =>
            $"train.step-epochs is {train.StepEpochs}: the learning rate would never fall within {After(train)}; expected fewer, or schedule: constant",
        _ => null,
    };

    private static string? EarlyStop(TrainSpec train) => train is { Schedule: "plateau", EarlyStop: int stop } && stop <= train.Patience + 1
        ? $"train.early-stop is {stop}: the run would end before plateau, with train.patience {train.Patience}, lowers the learning rate; "
            + $"expected at least {train.Patience + 2}"
        : null;

    private static string After(TrainSpec train) => train.WarmUp == 0
        ? $"train.epochs {train.Epochs}"
        : $"the {Text(train.Epochs - train.WarmUp)} of train.epochs {train.Epochs} that train.warm-up leaves";

    private static string Text(double number) => number.ToString("g6", CultureInfo.InvariantCulture);
}
