namespace Granary.Trainer.Data.Sets;

/// <summary>A data set as its files hold it.</summary>
/// <param name="Train">The training pictures.</param>
/// <param name="Valid">The validation pictures; null when the set has none of its own.</param>
/// <param name="ClassNames">What each class is called, in the order of the labels.</param>
/// <param name="Normalisation">How the set's bytes become numbers.</param>
internal sealed record StoredSet(
    IPictureSource Train, IPictureSource? Valid, IReadOnlyList<string> ClassNames, Normalisation Normalisation);
