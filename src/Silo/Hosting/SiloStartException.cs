namespace Granary.Silo.Hosting;

/// <summary>The silo cannot start here: the message says why and what to do.</summary>
internal sealed class SiloStartException : Exception
{
    public SiloStartException(string message) : base(message)
    {
    }

    public SiloStartException(string message, Exception inner) : base(message, inner)
    {
    }
}
