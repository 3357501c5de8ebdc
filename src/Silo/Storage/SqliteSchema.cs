namespace Granary.Silo.Storage;

/// <summary>What one of the silo's SQLite files holds.</summary>
/// <param name="ApplicationId">Marks the file as ours, in its header (<c>PRAGMA application_id</c>).</param>
/// <param name="Loss">What somebody gives up who moves the file away, in words.</param>
/// <param name="Durable">A commit waits for the disk and survives the loss of power; false: the loss of the process only.</param>
/// <param name="Migrations">Statements that take the schema from version i to i + 1; entries are never changed, only added.</param>
internal sealed record SqliteSchema(int ApplicationId, string Loss, bool Durable, IReadOnlyList<string> Migrations);
