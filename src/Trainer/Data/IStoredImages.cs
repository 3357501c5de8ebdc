namespace Granary.Trainer.Data;

/// <summary>A set whose pictures all have one size as they are stored.</summary>
internal interface IStoredImages : IImageSource
{
    /// <summary>The given pictures in the given order.</summary>
    /// <param name="indices">Pictures of this set.</param>
    IStoredImages Select(ReadOnlySpan<int> indices);
}
