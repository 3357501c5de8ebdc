using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Owns the tensors made on its thread while it is the innermost scope and disposes them with itself, except those moved or detached.
/// Not thread-safe, and it does not follow <c>await</c>: a scope belongs to the thread that made it.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;
    private List<IDisposable?> _items;
    private int _count;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        _items = manager.RentList();
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>What the scope owns now, in the order of arrival.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. _items.OfType<IDisposable>()];

    /// <summary>How many things the scope owns now.</summary>
    public int DisposablesCount => _count;

    /// <summary>Hands something to the next outer scope; without one it is owned by nobody.</summary>
    /// <returns>What was given.</returns>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Hands several things to the next outer scope.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Hands several things to the next outer scope.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Hands something this scope owns to another scope, or to nobody when that is null; what it does not own stays where it is.</summary>
    /// <returns>What was given.</returns>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        ThrowIfDisposed();
        if (Remove(disposable)) scope?.Add(disposable);
        return disposable;
    }

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope, T)"/>
    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    /// <summary>Hands several things to another scope.</summary>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <summary>Hands several things to another scope.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOther<IDisposable>(scope, disposable);
    }

    /// <summary>Takes something out of the scopes altogether: its holder disposes it.</summary>
    /// <returns>What was given.</returns>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        ThrowIfDisposed();
        Remove(disposable);
        return disposable;
    }

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    /// <summary>Takes several things out of the scopes altogether.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes several things out of the scopes altogether.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables) Detach<IDisposable>(disposable);
    }

    /// <summary>Makes this scope the owner of something, whoever owned it before.</summary>
    public void Attach(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is Tensor { OwningDisposeScope: { } owner } && !ReferenceEquals(owner, this)) owner.Remove(disposable);
        if (!Contains(disposable)) Add(disposable);
    }

    /// <summary>Makes this scope the owner of several things.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Makes this scope the owner of several things.</summary>
    /// <returns>What was given.</returns>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = new List<IDisposable>();
        foreach (IDisposable disposable in disposables)
        {
            Attach(disposable);
            attached.Add(disposable);
        }

        return attached;
    }

    /// <summary>Disposes all that the scope owns; the scope stays open.</summary>
    public void DisposeEverything()
    {
        ThrowIfDisposed();
        DisposeItems();
    }

    /// <summary>Disposes all that the scope owns but what is to be kept; the scope stays open and goes on owning that.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        IDisposable[] kept = [.. inKeep.Where(Contains)];
        foreach (IDisposable disposable in kept) Remove(disposable);
        DisposeItems();
        foreach (IDisposable disposable in kept) Add(disposable);
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    /// <returns>What was kept.</returns>
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <summary>Disposes all that the scope owns and closes it; the next outer scope becomes the innermost one.</summary>
    public void Dispose()
    {
        if (_manager is not { } manager) return;
        DisposeItems();
        manager.Close(this, _items);
        _items = [];
        _manager = null;
    }

    /// <summary>Forgets something that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        Remove(disposable);
    }

    /// <summary>Whether the scope owns this.</summary>
    public bool Contains(IDisposable disposable) => disposable is Tensor tensor
        ? ReferenceEquals(tensor.OwningDisposeScope, this)
        : _items.Exists(item => ReferenceEquals(item, disposable));

    internal void Add(IDisposable disposable)
    {
        if (disposable is Tensor tensor) tensor.EnterScope(this, _items.Count);
        _items.Add(disposable);
        _count++;
    }

    // A tensor knows its place in the list, so that leaving takes no search; the place stays empty.
    internal bool Remove(IDisposable disposable)
    {
        int place;
        if (disposable is Tensor tensor)
        {
            if (!ReferenceEquals(tensor.OwningDisposeScope, this)) return false;
            place = tensor.LeaveScope();
        }
        else
        {
            place = _items.FindIndex(item => ReferenceEquals(item, disposable));
            if (place < 0) return false;
        }

        _items[place] = null;
        _count--;
        return true;
    }

    private void DisposeItems()
    {
        for (int i = 0; i < _items.Count; i++)
        {
            if (_items[i] is not { } item) continue;
            if (item is not Tensor) Remove(item);
            item.Dispose();
        }

        _items.Clear();
        _count = 0;
    }

    private void ThrowIfDisposed()
    {
        if (_manager is null) ThrowDisposed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowDisposed() => throw new ObjectDisposedException(GetType().FullName);
}
