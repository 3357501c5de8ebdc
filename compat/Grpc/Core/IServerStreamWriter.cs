namespace Grpc.Core;

/// <summary>The response stream of a call. It ends when the handler returns.</summary>
/// <typeparam name="T">The response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
