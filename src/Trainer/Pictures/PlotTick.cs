namespace Granary.Trainer.Pictures;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What stands beside it; empty for a small mark between two labelled ones.</param>
internal readonly record struct PlotTick(double Value, string Label);
