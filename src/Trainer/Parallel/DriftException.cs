namespace Granary.Trainer.Parallel;

/// <summary>Ranks that should hold the same parameters do not.</summary>
/// <param name="step">Steps completed.</param>
/// <param name="parameter">The first parameter that differs, in the network's order.</param>
/// <param name="who">Which ranks, as a clause.</param>
internal sealed class DriftException(long step, string parameter, string who) : Exception(
    $"After step {step} {who}: {parameter} is the first parameter whose bits differ. The memory or the arithmetic of a device is not "
    + "to be trusted, or something changed the parameters of one rank alone. Go on from a checkpoint written before, on other devices.");
