using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of observer interfaces: objects of a client or of a silo that grains call through a reference.</summary>
public interface IGrainObserver : IAddressable;
