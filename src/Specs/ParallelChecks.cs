namespace Granary.Specs;

/// <summary>What must hold between the settings of a run's ranks and the others.</summary>
internal static class ParallelChecks
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    /// <param name="run">The run.</param>
    public static string? Find(RunSpec run) => run switch
    {
        { Parallel.ScaleLr: "none" } => null,
        { Train.FindLearningRate: true } =>
            "parallel.scale-lr is linear and train.lr is auto: the finder's rate is for the whole batch already; expected one of them",
        { Resources: var devices } when devices.MinDevices != devices.MaxDevices =>
            $"parallel.scale-lr is linear and resources.devices is {devices.MinDevices}..{devices.MaxDevices}: the batch stays the same on any "
            + "number of devices, and so must the learning rate; expected one number of devices, or scale-lr: none",
        _ => null,
    };
}
