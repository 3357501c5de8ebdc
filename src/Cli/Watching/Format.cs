using System.Globalization;

namespace Granary.Cli.Watching;

/// <summary>Numbers and times as the terminal shows them.</summary>
internal static class Format
{
    public static string Value(double? value) => value switch
    {
        null => "-",
        { } x when x != 0 && Math.Abs(x) < 1e-3 => x.ToString("0.0e+0", CultureInfo.InvariantCulture),
        { } x => x.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    public static string Rate(double? value) => value is { } rate ? rate.ToString("#,0", CultureInfo.InvariantCulture) : "-";

    public static string Time(TimeSpan? time) => time switch
    {
        null => "-",
        { TotalHours: >= 1 } long_ => $"{(int)long_.TotalHours}:{long_.Minutes:00}:{long_.Seconds:00}",
        { } short_ => $"{short_.Minutes}:{short_.Seconds:00}",
    };
}
