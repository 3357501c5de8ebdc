namespace Granary.Trainer.Checkpoints;

/// <summary>Which of a file's tensors are wanted. A checkpoint holds more than a network: see <see cref="TensorNames"/>.</summary>
internal enum WeightSet
{
    /// <summary>All, under the names that they have in the file.</summary>
    Everything,

    /// <summary>The network's as they were trained last.</summary>
    Trained,

    /// <summary>The network's with their moving averages in place of those that have one; a file without averages is refused.</summary>
    Averaged,

    /// <summary><see cref="Averaged"/> where the file has averages, else <see cref="Trained"/>: what a network is used with.</summary>
    Preferred,
}
