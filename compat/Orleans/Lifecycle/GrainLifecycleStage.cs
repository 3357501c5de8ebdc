namespace Orleans.Runtime;

/// <summary>The stages of an activation.</summary>
public static class GrainLifecycleStage
{
    /// <summary>The first.</summary>
    public const int First = int.MinValue;

    /// <summary>Persistent state is read.</summary>
    public const int SetupState = 1_000;

    /// <summary>The grain's own activation runs.</summary>
    public const int Activate = 2_000;

    /// <summary>The last.</summary>
    public const int Last = int.MaxValue;
}
