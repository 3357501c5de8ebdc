namespace Granary.Specs;

/// <summary>A data set as the sweep file may name it. What is null depends on the files that a run names.</summary>
/// <param name="Name">The name.</param>
/// <param name="Channels">Channels of a picture.</param>
/// <param name="Size">Height and width of a picture as stored, in pixels; null: each picture has its own.</param>
/// <param name="Classes">Classes; null: as many as there are folders.</param>
/// <param name="TrainExamples">Examples of the training set; null: as many as there are files.</param>
/// <param name="ValidExamples">Examples of the validation set; null: as many as there are files, if any.</param>
public sealed record DataSetEntry(string Name, int Channels, int? Size, int? Classes, int? TrainExamples, int? ValidExamples);
