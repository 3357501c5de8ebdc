namespace Orleans.Providers;

/// <summary>The names of default providers.</summary>
public static class ProviderConstants
{
    /// <summary>The storage that is used where no name is given.</summary>
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
}
