namespace Orleans.Runtime;

/// <summary>Runs once when the silo starts. A failure ends the start.</summary>
public interface IStartupTask
{
    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task Execute(CancellationToken cancellationToken);
}
