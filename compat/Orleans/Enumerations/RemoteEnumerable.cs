namespace Orleans.Runtime;

/// <summary>An async enumerable whose items a grain makes. Each enumeration of it is a call of its own.</summary>
internal sealed class RemoteEnumerable<TArgs, TItem>(GrainReference target, EnumerableDescriptor<TArgs, TItem> method, TArgs args) : IAsyncEnumerable<TItem>
    where TArgs : struct
{
    public async IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var copy = args;
        var token = TokenAccess<TArgs>.Instance?.Get(ref copy) ?? default;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, cancellationToken);
        TokenAccess<TArgs>.Instance?.Set(ref copy, default);
        var id = Guid.NewGuid();
        bool isDone = false;
        try
        {
            var batch = await AskAsync(method.Start, new ValueTuple<Guid, TArgs>(id, copy), either.Token).ConfigureAwait(true);
            while (true)
            {
                isDone = batch.IsDone;
                foreach (var item in batch.Items)
                    yield return item;
                if (isDone)
                    yield break;
                batch = await AskAsync(method.Next, new ValueTuple<Guid>(id), either.Token).ConfigureAwait(true);
            }
        }
        finally
        {
            if (!isDone)
                Stop(id);
        }
    }

    private Task<EnumerationBatch<TItem>> AskAsync<TStepArgs>(
        EnumerationStep<TStepArgs, EnumerationBatch<TItem>> step, TStepArgs stepArgs, CancellationToken token)
        where TStepArgs : struct => target.Runtime.Call(target, step, stepArgs).WaitAsync(token);

    // Not awaited: the grain also ends what is not asked for any more.
    private void Stop(Guid id) => target.Runtime.Call(target, method.Stop, new ValueTuple<Guid>(id))
        .ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
