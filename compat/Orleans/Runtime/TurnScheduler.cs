namespace Orleans.Runtime;

/// <summary>Runs an activation's work one piece at a time: requests, and the continuations of awaits within them.</summary>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // Then others get the thread.
    private const int LongestRun = 256;

    private readonly Lock _gate = new();
    private Queue<object> _queue = new(4);
    private Queue<object> _batch = new(4);
    private Task? _driver;
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    public void Post(Call call) => Enqueue(call);

    public void Post(Action<Activation> action) => Enqueue(action);

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = activation;
        // Within a task of this scheduler, so that awaits resume here.
        var driver = new Task(static self => ((TurnScheduler)self!).Run(), this);
        _driver = driver;
        driver.Start(this);
        TryExecuteTask(driver);
        RuntimeContext.Current = null;
    }

    protected override void QueueTask(Task task)
    {
        if (!ReferenceEquals(task, _driver))
            Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _queue.OfType<Task>()];
    }

    private void Enqueue(object work)
    {
        lock (_gate)
        {
            _queue.Enqueue(work);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private void Run()
    {
        for (int done = 0; ;)
        {
            while (_batch.TryDequeue(out object? work))
            {
                Run(work);
                done++;
            }

            lock (_gate)
            {
                if (_queue.Count == 0)
                {
                    _scheduled = false;
                    return;
                }

                if (done >= LongestRun)
                    break;
                (_queue, _batch) = (_batch, _queue);
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run(object work)
    {
        switch (work)
        {
            case Call call:
                activation.Take(call);
                break;
            case Task task:
                TryExecuteTask(task);
                break;
            case Action<Activation> action:
                action(activation);
                break;
        }

        activation.StartWaiting();
    }
}
