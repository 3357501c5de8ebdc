namespace Granary.Contracts.Tests.Orleans;

public interface IStateGrain : IGrainWithStringKey
{
    Task<StateView> SetAsync(int value);

    Task<StateView> GetAsync();

    /// <summary>Writes the record as another activation would.</summary>
    Task WriteBehindAsync(int value);

    Task DeactivateAsync();
}
