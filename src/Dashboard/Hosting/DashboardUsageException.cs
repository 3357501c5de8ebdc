namespace Granary.Dashboard.Hosting;

/// <summary>The dashboard was started with options it cannot use.</summary>
/// <param name="message">What is wrong and what was expected.</param>
internal sealed class DashboardUsageException(string message) : Exception(message);
