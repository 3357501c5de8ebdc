namespace Granary.Silo.Metrics;

/// <summary>Chooses the rows that a curve is drawn with.</summary>
internal static class CurveThinning
{
    /// <summary>
    /// Rows that keep every series' shape: each series has an equal share of the rows and picks them by largest triangles
    /// (S. Steinarsson, "Downsampling Time Series for Visual Representation", 2013). First and last are kept.
    /// </summary>
    /// <param name="rows">In order of step.</param>
    /// <param name="points">Rows at most, at least 2.</param>
    /// <returns>Places in <paramref name="rows"/>, ascending.</returns>
    public static IEnumerable<int> ByShape(IReadOnlyList<V1.StepMetrics> rows, int points)
    {
        if (rows.Count <= points) return Enumerable.Range(0, rows.Count);
        string[] series = [.. rows.SelectMany(row => row.Values.Keys).Distinct()];
        int share = (points - 2) / Math.Max(1, series.Length);
        if (share < 3) return Evenly(rows.Count, points);

        var chosen = new SortedSet<int> { 0, rows.Count - 1 };
        foreach (string name in series) chosen.UnionWith(LargestTriangles(rows, name, share));
        return chosen;
    }

    /// <summary>Evenly spaced places, first and last among them.</summary>
    /// <param name="count">Rows there are.</param>
    /// <param name="points">Rows at most, at least 2.</param>
    public static IEnumerable<int> Evenly(int count, int points) => count <= points
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, points).Select(i => (int)((long)i * (count - 1) / (points - 1)));

    private static IEnumerable<int> LargestTriangles(IReadOnlyList<V1.StepMetrics> rows, string series, int points)
    {
        var places = new List<int>();
        var curve = new List<(double X, double Y)>();
        for (int i = 0; i < rows.Count; i++)
        {
            if (!rows[i].Values.TryGetValue(series, out double value)) continue;
            places.Add(i);
            curve.Add((rows[i].Step, value));
        }

        return LargestTriangles(curve, points).Select(at => places[at]);
    }

    private static IEnumerable<int> LargestTriangles(List<(double X, double Y)> curve, int points)
    {
        if (curve.Count <= points) return Enumerable.Range(0, curve.Count);
        var chosen = new List<int>(points) { 0 };
        double width = (double)(curve.Count - 2) / (points - 2);
        for (int bucket = 0; bucket < points - 2; bucket++)
        {
            int from = 1 + (int)(bucket * width), to = 1 + (int)((bucket + 1) * width);
            int next = Math.Min(curve.Count, 1 + (int)((bucket + 2) * width));
            (double X, double Y) ahead = Average(curve, to, Math.Max(next, to + 1));
            chosen.Add(LargestTriangle(curve, chosen[^1], from, to, ahead));
        }

        chosen.Add(curve.Count - 1);
        return chosen;
    }

    // A value that is not finite is what somebody looks for: it goes before every triangle.
    private static int LargestTriangle(List<(double X, double Y)> curve, int previous, int from, int to, (double X, double Y) ahead)
    {
        int best = from;
        double bestArea = -1;
        (double x, double y) = double.IsFinite(curve[previous].Y) ? curve[previous] : (curve[previous].X, 0);
        for (int i = from; i < to; i++)
        {
            double area = Math.Abs((x - ahead.X) * (curve[i].Y - y) - (x - curve[i].X) * (ahead.Y - y));
            if (!double.IsFinite(area)) area = double.PositiveInfinity;
            if (area <= bestArea) continue;
            best = i;
            bestArea = area;
        }

        return best;
    }

    private static (double X, double Y) Average(List<(double X, double Y)> curve, int from, int to)
    {
        double x = 0, y = 0;
        int finite = 0;
        for (int i = from; i < to; i++)
        {
            x += curve[i].X;
            if (!double.IsFinite(curve[i].Y)) continue;
            y += curve[i].Y;
            finite++;
        }

        return (x / (to - from), finite == 0 ? 0 : y / finite);
    }
}
