namespace Granary.Specs;

/// <summary>A range of numbers.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value, above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">true: uniform in the logarithm (<paramref name="Low"/> is above 0 then).</param>
/// <param name="WholeNumbers">true: whole numbers only.</param>
public sealed record RangeParameter(string Name, double Low, double High, bool Logarithmic, bool WholeNumbers) : ParameterSpec(Name);
