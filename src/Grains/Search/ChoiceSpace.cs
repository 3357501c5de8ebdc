using Granary.Specs;

namespace Granary.Grains.Search;

/// <summary>A space of lists alone: its points are numbered like the digits of a counter, the last dimension fastest.</summary>
internal static class ChoiceSpace
{
    /// <summary>Points of the space, or null when a dimension is not a list or there are more than <see cref="int.MaxValue"/> points.</summary>
    public static int? Count(IReadOnlyList<ParameterSpec> space)
    {
        long count = 1;
        foreach (ParameterSpec parameter in space)
        {
            if (parameter is not ChoiceParameter choice)
                return null;
            count *= choice.Values.Count;
            if (count > int.MaxValue)
                return null;
        }

        return (int)count;
    }

    public static Dictionary<string, string> At(IReadOnlyList<ParameterSpec> space, long index)
    {
        var values = new string[space.Count];
        for (int dimension = space.Count - 1; dimension >= 0; dimension--)
        {
            IReadOnlyList<string> choices = ((ChoiceParameter)space[dimension]).Values;
            values[dimension] = choices[(int)(index % choices.Count)];
            index /= choices.Count;
        }

        var point = new Dictionary<string, string>(space.Count, StringComparer.Ordinal);
        for (int dimension = 0; dimension < space.Count; dimension++)
            point.Add(space[dimension].Name, values[dimension]);
        return point;
    }
}
