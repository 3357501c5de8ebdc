namespace Granary.Contracts.Tests.Orleans;

public interface ILabObserver : IGrainObserver
{
    [ResponseTimeout("00:00:01")]
    Task ToldAsync(int number);
}
