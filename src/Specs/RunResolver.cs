using Granary.Specs.Settings;

namespace Granary.Specs;

/// <summary>Makes one trial's run of a sweep's spec: the file's settings, then the matching overrides in order, then the trial's own parameters.</summary>
public static class RunResolver
{
    /// <summary>Resolves a trial.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="parameters">The point of the search space: name to value in the file's notation.</param>
    /// <exception cref="ArgumentException">A parameter is not a setting, or its value is not one of that setting.</exception>
    public static RunSpec Resolve(SweepSpec spec, IReadOnlyDictionary<string, string> parameters)
    {
        RunDraft draft = new(spec.Model, spec.Data, spec.Train, spec.Parallel, spec.Resources);
        foreach (OverrideSpec entry in spec.Overrides.Where(entry => Matches(entry, parameters)))
        {
            foreach ((string path, string value) in entry.Settings)
            {
                draft = Set(draft, path, value);
            }
        }

        foreach ((string name, string value) in parameters)
        {
            draft = Set(draft, name, value);
        }

        return new RunSpec
        {
            Model = draft.Model,
            Data = draft.Data,
            Train = draft.Train,
            Parallel = draft.Parallel,
            Resources = draft.Resources,
            Objective = spec.Search.Objective,
        };
    }

    private static bool Matches(OverrideSpec entry, IReadOnlyDictionary<string, string> parameters) =>
        entry.When.All(condition => parameters.TryGetValue(condition.Key, out string? value) && condition.Value.Contains(value));

    private static RunDraft Set(RunDraft draft, string name, string value)
    {
        Setting setting = SettingTable.Find(name) ?? throw new ArgumentException($"'{name}' is not a setting of a run.", nameof(name));
        return setting.Apply(draft, value) ?? throw new ArgumentException(setting.Refuse(value), nameof(value));
    }
}
