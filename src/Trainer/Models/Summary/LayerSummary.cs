namespace Granary.Trainer.Models.Summary;

/// <summary>What one layer is and costs.</summary>
/// <param name="Name">Its name in the state dict, such as <c>layer1.0.conv1</c>.</param>
/// <param name="Kind">What it is, such as <c>Conv2d</c>.</param>
/// <param name="Output">Its output's shape, the batch first.</param>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="Trainable">Those that are not frozen.</param>
/// <param name="Macs">Multiply-accumulates for one picture: of convolutions and linear layers, others have none.</param>
/// <param name="Bytes">Bytes of its output for the whole batch, in float32.</param>
/// <param name="ReceptiveField">Pixels, along one axis, that an output can depend on; the greatest over all ways through the network.</param>
internal sealed record LayerSummary(
    string Name, string Kind, IReadOnlyList<long> Output, long Parameters, long Trainable, long Macs, long Bytes, long ReceptiveField);
