namespace Granary.Trainer.Collectives;

/// <summary>A rank's two lanes.</summary>
/// <param name="Left">From the left neighbour.</param>
/// <param name="LeftEndpoint">Where that neighbour is, for messages.</param>
/// <param name="Right">To the right neighbour.</param>
internal sealed record RingLanes(IRingReceiver Left, string LeftEndpoint, IRingSender Right);
