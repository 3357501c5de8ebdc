namespace Granary.Trainer.Health;

/// <summary>What a layer's samples say of it.</summary>
/// <param name="Layer">The layer's dotted name.</param>
/// <param name="Health">The verdict.</param>
/// <param name="Evidence">The numbers and steps it rests on, a sentence without its subject; empty for a healthy layer.</param>
internal sealed record LayerVerdict(string Layer, LayerHealth Health, string Evidence);
