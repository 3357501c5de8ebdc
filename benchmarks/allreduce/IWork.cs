namespace Granary.Benchmarks.AllReduce;

/// <summary>What a rank does again and again, together with the others.</summary>
internal interface IWork : IAsyncDisposable
{
    /// <summary>host:port at which the others reach it.</summary>
    string Endpoint { get; }

    /// <summary>Meets the others.</summary>
    /// <param name="endpoints">Of every rank, in order.</param>
    Task JoinAsync(string[] endpoints);

    /// <summary>Makes a tensor, does the work once and waits for all.</summary>
    /// <param name="bytes">Of the tensor.</param>
    Task PrepareAsync(int bytes);

    /// <summary>Does it once.</summary>
    Task RunAsync();
}
