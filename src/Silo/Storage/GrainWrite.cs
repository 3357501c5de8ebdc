namespace Granary.Silo.Storage;

/// <summary>One state to be written or cleared, if nobody else changed it meanwhile.</summary>
/// <param name="StateName">The state's name.</param>
/// <param name="GrainId">The grain's id.</param>
/// <param name="Payload">The state's JSON; null clears it.</param>
/// <param name="Expected">The ETag that the grain last saw; null: nothing is stored.</param>
internal sealed record GrainWrite(string StateName, string GrainId, byte[]? Payload, long? Expected)
{
    /// <summary>Ends once the outcome is on the disk.</summary>
    public TaskCompletionSource<GrainWriteOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
