namespace Orleans.Concurrency;

/// <summary>A value that neither side changes, so that it is passed inside a process without a copy.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value;

    /// <summary>Wraps a value.</summary>
    /// <param name="value">The value; not to be changed from now on.</param>
    public Immutable(T value) => Value = value;
}
