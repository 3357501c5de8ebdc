namespace Granary.Specs;

/// <summary>A data set as the sweep file may name it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Channels">Channels of a picture.</param>
/// <param name="Size">Height and width of a picture as stored, in pixels.</param>
/// <param name="Classes">Classes.</param>
/// <param name="TrainExamples">Examples of the training set.</param>
/// <param name="ValidExamples">Examples of the validation set.</param>
public sealed record DataSetEntry(string Name, int Channels, int Size, int Classes, int TrainExamples, int ValidExamples);
