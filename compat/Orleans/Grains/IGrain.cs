using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain interfaces. Their methods return <see cref="Task"/>, <see cref="ValueTask"/>, their generic forms or an async enumerable.</summary>
public interface IGrain : IAddressable;
