namespace Grpc.Core;

/// <summary>The request stream of a call.</summary>
/// <typeparam name="T">The request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no more requests follow.</summary>
    /// <returns>The completion.</returns>
    Task CompleteAsync();
}
