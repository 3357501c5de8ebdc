using System.Diagnostics;

namespace Granary.EndToEnd.Tests.Support;

/// <summary>Bounded waits on conditions.</summary>
internal static class Until
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks until <paramref name="probe"/> gives something, for at most <paramref name="patience"/>.</summary>
    public static async Task<T> NotNullAsync<T>(string what, TimeSpan patience, Func<Task<T?>> probe) where T : class
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < patience)
        {
            if (await probe() is { } found)
            {
                return found;
            }

            await Task.Delay(Look);
        }

        throw new TimeoutException($"Waited {patience.TotalSeconds} s in vain: {what}.");
    }

    /// <summary>Looks until <paramref name="probe"/> holds, for at most <paramref name="patience"/>.</summary>
    public static Task TrueAsync(string what, TimeSpan patience, Func<Task<bool>> probe) =>
        NotNullAsync(what, patience, async () => await probe() ? "" : null);
}
