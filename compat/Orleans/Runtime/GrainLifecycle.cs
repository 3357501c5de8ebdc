namespace Orleans.Runtime;

internal sealed class GrainLifecycle : LifecycleSubject, IGrainLifecycle;
