namespace Orleans;

/// <summary>The stages of a silo.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>The first.</summary>
    public const int First = int.MinValue;

    /// <summary>The runtime is set up.</summary>
    public const int RuntimeInitialize = 2_000;

    /// <summary>The runtime's services start.</summary>
    public const int RuntimeServices = 4_000;

    /// <summary>Storages start.</summary>
    public const int RuntimeStorageServices = 6_000;

    /// <summary>Grains can be called from inside.</summary>
    public const int RuntimeGrainServices = 8_000;

    /// <summary>The application's services start.</summary>
    public const int ApplicationServices = 10_000;

    /// <summary>The gateway opens.</summary>
    public const int BecomeActive = Active - 1;

    /// <summary>The silo serves; startup tasks run.</summary>
    public const int Active = 20_000;

    /// <summary>The last.</summary>
    public const int Last = int.MaxValue;
}
