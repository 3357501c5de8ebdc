using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A place for grain state. Implementations are called by many grains at a time, by one request per record at a time.</summary>
public interface IGrainStorage
{
    /// <summary>Reads a record. Where there is none, <c>RecordExists</c> is false and <c>ETag</c> null.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose state.</param>
    /// <param name="grainState">Takes content, version and existence.</param>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes a record whose version is still the given one, and sets the new version.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose state.</param>
    /// <param name="grainState">The content and its version.</param>
    /// <exception cref="InconsistentStateException">The version is another one by now.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Takes out a record whose version is still the given one.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">Whose state.</param>
    /// <param name="grainState">The version; afterwards without version.</param>
    /// <exception cref="InconsistentStateException">The version is another one by now.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
