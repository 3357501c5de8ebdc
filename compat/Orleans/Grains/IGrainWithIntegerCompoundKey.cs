namespace Orleans;

/// <summary>A grain whose key is an integer and a string.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain;
