namespace Granary.Specs;

/// <summary>One dimension of a search space.</summary>
/// <param name="Name">A setting of the run, such as <c>model</c>, <c>lr</c> or <c>batch</c>.</param>
public abstract record ParameterSpec(string Name);
