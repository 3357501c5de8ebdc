namespace Granary.Contracts.Tests.Grpc;

/// <summary>A message without protobuf.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Whole">It was read, and its payload had the length that the call announced.</param>
internal sealed record Blob(byte[] Bytes, bool Whole = false);
