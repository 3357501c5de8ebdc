namespace Orleans.Runtime;

/// <summary>An enumeration under way at its grain.</summary>
internal abstract class Enumeration
{
    /// <summary>When it was last asked, on the silo's clock.</summary>
    public long LastUse { get; set; }

    public abstract Task StopAsync();
}
