namespace Granary.Trainer.Pictures;

/// <summary>
/// Turns rows of pixels into rows of differences, which compress better. Per row that of the filters None, Sub and Up is taken whose bytes,
/// read as signed, have the least sum of absolute values: the rule that the PNG standard suggests (12.8).
/// </summary>
/// <param name="bytes">Bytes of a row.</param>
internal sealed class PngFilter(int bytes)
{
    private const int BytesPerPixel = 3;

    // Each begins with the number of its filter; the order is the standard's numbering.
    private readonly byte[][] _filtered = [new byte[bytes + 1], new byte[bytes + 1], new byte[bytes + 1]];
    private readonly byte[] _previous = new byte[bytes];

    /// <summary>The filter's number and the filtered row; valid until the next call. Rows come from top to bottom.</summary>
    /// <param name="row">The row as it is.</param>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> row)
    {
        for (byte filter = 0; filter < _filtered.Length; filter++)
            _filtered[filter][0] = filter;
        for (int i = 0; i < row.Length; i++)
        {
            _filtered[0][i + 1] = row[i];
            _filtered[1][i + 1] = (byte)(row[i] - (i < BytesPerPixel ? 0 : row[i - BytesPerPixel]));
            _filtered[2][i + 1] = (byte)(row[i] - _previous[i]);
        }

        row.CopyTo(_previous);
        return _filtered.MinBy(Cost);
    }

    private static long Cost(byte[] filtered)
    {
        long sum = 0;
        foreach (byte value in filtered.AsSpan(1))
            sum += Math.Abs((int)(sbyte)value);
        return sum;
    }
}
