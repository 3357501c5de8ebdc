using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A request as it was read, up to its arguments.</summary>
internal sealed record IncomingRequest(
    Connection Connection, ulong Correlation, bool OneWay, GrainId Target, long Deadline, RequestContextData? Context, WireReader Reader);
