namespace Granary.Dashboard.Explaining;

/// <summary>An explanation as it stands.</summary>
/// <param name="Id">Its name.</param>
/// <param name="State">How far it is.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
/// <param name="Folder">Where its pictures are or will be.</param>
internal sealed record ExplainJob(string Id, ExplainState State, string Reason, string Folder);
