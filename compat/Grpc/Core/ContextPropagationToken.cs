namespace Grpc.Core;

/// <summary>Carries what a server call passes on to the calls it makes itself.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
