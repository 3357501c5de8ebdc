namespace Granary.Dashboard.Explaining;

/// <summary>How far an explanation is.</summary>
internal enum ExplainState
{
    /// <summary>Others are before it.</summary>
    Queued = 0,

    /// <summary>The trainer is drawing.</summary>
    Running = 1,

    /// <summary>The pictures are there.</summary>
    Done = 2,

    /// <summary>It could not be made.</summary>
    Failed = 3,
}
