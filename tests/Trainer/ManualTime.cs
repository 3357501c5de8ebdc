namespace Granary.Trainer.Tests;

/// <summary>A clock that stands still until a test moves it. It began at 12:00:00 UTC.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Began = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _gone;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _gone += by;

    public override long GetTimestamp() => _gone.Ticks;

    public override DateTimeOffset GetUtcNow() => Began + _gone;
}
