namespace Granary.Trainer.Collectives;

/// <summary>What an all-reduce makes of the ranks' numbers.</summary>
internal enum ReduceKind
{
    /// <summary>Their sum.</summary>
    Sum = 0,

    /// <summary>Their mean.</summary>
    Average = 1,
}
