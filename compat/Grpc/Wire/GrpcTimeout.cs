using System.Globalization;

namespace Grpc.Wire;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MaxValue = 99_999_999;

    /// <summary>The longest timeout that can be sent as seconds; longer ones are cut to it.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(MaxValue);

    /// <summary>Encodes a timeout in the finest unit that holds it, rounded up, so that no call is cut short.</summary>
    public static string Encode(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        return TryUnit(timeout, TimeSpan.TicksPerMicrosecond, 'u')
            ?? TryUnit(timeout, TimeSpan.TicksPerMillisecond, 'm')
            ?? TryUnit(timeout, TimeSpan.TicksPerSecond, 'S')
            ?? MaxValue.ToString(CultureInfo.InvariantCulture) + 'S';
    }

    /// <summary>Decodes a header; false when it is malformed or not positive.</summary>
    public static bool TryDecode(string? text, out TimeSpan timeout)
    {
        timeout = TimeSpan.Zero;
        if (text is not { Length: >= 2 and <= 9 }
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return false;
        }

        long ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => Math.Max(value > 0 ? 1 : 0, value / TimeSpan.NanosecondsPerTick),
            _ => 0,
        };
        timeout = TimeSpan.FromTicks(Math.Min(ticks, Longest.Ticks));
        return ticks > 0;
    }

    private static string? TryUnit(TimeSpan timeout, long ticksPerUnit, char unit)
    {
        long value = (timeout.Ticks + ticksPerUnit - 1) / ticksPerUnit;
        return value <= MaxValue ? value.ToString(CultureInfo.InvariantCulture) + unit : null;
    }
}
