namespace Granary.Conformance.Orleans.Tests;

public interface ILabObserver : IGrainObserver
{
    Task ToldAsync(string text);

    Task<string> AskedAsync(string text);
}
