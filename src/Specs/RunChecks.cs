namespace Granary.Specs;

/// <summary>What must hold between the settings of one run.</summary>
public static class RunChecks
{
    /// <summary>What is wrong with the run; null when nothing is.</summary>
    /// <param name="run">The run.</param>
    public static RunProblem? Find(RunSpec run) =>
        FindInData(run) is { } problem ? new RunProblem("data", problem)
        : ModelChecks.Find(run.Model, DataSets.Find(run.Data.Set)?.Classes) is { } option ? new RunProblem("model", option)
        : TrainChecks.Find(run.Train) is { } mistake ? new RunProblem("train", mistake)
        : ParallelChecks.Find(run) is { } clash ? new RunProblem("parallel", clash)
        : null;

    private static string? FindInData(RunSpec run)
    {
        if (ModelCatalog.Find(run.Model.Name ?? "") is not { } model)
        {
            return $"'{run.Model.Name}' is not a network; `granary models` lists them";
        }

        if (DataSets.Find(run.Data.Set) is not { } set)
        {
            return $"'{run.Data.Set}' is not a data set; expected one of {string.Join(", ", DataSets.All.Select(entry => entry.Name))}";
        }

        if (DataChecks.Find(run.Data, run.Model, set) is { } problem)
        {
            return problem;
        }

        // The data's rules have made sure that a set without a size of its own has been given one.
        int size = run.Data.Resize ?? set.Size!.Value;
        if (model.FixedSize && size != model.Size)
        {
            return $"{model.Name} takes pictures of {model.Size}x{model.Size} pixels only, and data.resize makes them {size}x{size}; "
                + $"set data.resize to {model.Size} for it under overrides";
        }

        if (size < model.MinSize)
        {
            return $"{model.Name} takes pictures of at least {model.MinSize}x{model.MinSize} pixels, and these are {size}x{size}; "
                + $"set data.resize to {model.MinSize} or more for it";
        }

        return run.Resources.MaxDevices > run.Data.Batch
            ? $"a batch of {run.Data.Batch} cannot be split over {run.Resources.MaxDevices} devices; expected data.batch of at least resources.devices"
            : null;
    }
}
