namespace Granary.Benchmarks.Train;

/// <summary>Something that trains when told to, and rests between.</summary>
internal interface ISide : IAsyncDisposable
{
    /// <summary>For the table.</summary>
    string Name { get; }

    /// <summary>What else it has to say once its windows are done.</summary>
    string? Remark => null;

    /// <summary>Trains for that long, rounded up to whole steps.</summary>
    /// <param name="seconds">Above 0.</param>
    Window Run(double seconds);
}
