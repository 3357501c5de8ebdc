namespace Orleans.Runtime;

/// <summary>A grain class as others know it.</summary>
/// <param name="GrainType">Its name in grain ids.</param>
/// <param name="ClassName">Its full class name.</param>
[GenerateSerializer, Immutable]
internal sealed record GrainImplementation([property: Id(0)] GrainType GrainType, [property: Id(1)] string ClassName);
