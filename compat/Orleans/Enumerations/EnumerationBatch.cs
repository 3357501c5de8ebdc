namespace Orleans.Runtime;

/// <summary>What an enumeration has given since it was last asked; without items when it gave none in time.</summary>
/// <param name="Items">The items.</param>
/// <param name="IsDone">Whether there will be no more.</param>
[GenerateSerializer]
internal sealed record EnumerationBatch<T>([property: Id(0)] T[] Items, [property: Id(1)] bool IsDone);
