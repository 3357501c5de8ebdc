namespace Granary.Trainer.Explain;

/// <summary>A written picture.</summary>
/// <param name="File">Its file name in the folder.</param>
/// <param name="Kind">
/// <c>grad-cam</c>, <c>overlay</c>, <c>heat-map</c>, <c>channels</c>, <c>features</c>, <c>kernels</c>, <c>colourful-dimension</c>,
/// <c>confusion</c> or <c>most-wrong</c>.
/// </param>
/// <param name="Title">What it shows.</param>
internal sealed record ExplainedPicture(string File, string Kind, string Title);
