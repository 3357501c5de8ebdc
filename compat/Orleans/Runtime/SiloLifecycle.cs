namespace Orleans.Runtime;

internal sealed class SiloLifecycle : LifecycleSubject, ISiloLifecycle;
