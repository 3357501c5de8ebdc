namespace Grpc.Core;

/// <summary>How to write a message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More messages follow soon: the transport may hold this one back to send them together.</summary>
    BufferHint = 0x1,

    /// <summary>Do not compress this message even where the call compresses.</summary>
    NoCompress = 0x2,
}
