namespace Orleans.Runtime;

/// <summary>The lifecycle of the silo; services take part as <see cref="ILifecycleParticipant{TLifecycleObservable}"/>.</summary>
public interface ISiloLifecycle : ILifecycleObservable;
