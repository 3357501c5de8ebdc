namespace Orleans.Configuration;

/// <summary>How the memory storage works. It has one way only here.</summary>
public class MemoryGrainStorageOptions;
