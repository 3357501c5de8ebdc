namespace Granary.Silo.Artifacts;

/// <summary>An artifact cannot be stored or read.</summary>
/// <param name="fault">What kind of mistake it is.</param>
/// <param name="message">Which artifact, expected, actual, remedy.</param>
internal sealed class ArtifactException(ArtifactFault fault, string message) : Exception(message)
{
    public ArtifactFault Fault { get; } = fault;
}
