namespace Granary.Dashboard.Views;

/// <summary>A device and who holds it.</summary>
/// <param name="Id">node/cuda:0</param>
/// <param name="Name">What it is.</param>
/// <param name="Present">Its node is connected.</param>
/// <param name="Trial">The trial that holds it; null when free.</param>
/// <param name="Rank">The trial's rank on it.</param>
internal sealed record DeviceView(string Id, string Name, bool Present, string? Trial, int? Rank);
