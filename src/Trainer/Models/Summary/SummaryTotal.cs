namespace Granary.Trainer.Models.Summary;

/// <summary>What a network costs as a whole.</summary>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="Trainable">Those that are not frozen.</param>
/// <param name="Macs">Multiply-accumulates for one picture.</param>
/// <param name="Bytes">Bytes of all layers' outputs for the whole batch, in float32.</param>
/// <param name="ParameterBytes">Bytes of the learned numbers, in float32.</param>
internal sealed record SummaryTotal(long Parameters, long Trainable, long Macs, long Bytes, long ParameterBytes);
