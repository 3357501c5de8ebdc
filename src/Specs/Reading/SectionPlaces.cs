using YamlDotNet.Core;

namespace Granary.Specs.Reading;

/// <summary>Where the sections of a file begin; one that is missing is at the top.</summary>
internal sealed record SectionPlaces(Mark Top, Mark Model, Mark Data, Mark Train, Mark Parallel)
{
    public Mark Of(RunProblem problem) => problem.Section switch
    {
        "model" => Model,
        "train" => Train,
        "parallel" => Parallel,
        _ => Data,
    };
}
