namespace TorchSharp;

public static partial class torch
{
    /// <summary>How an image is resized.</summary>
    public enum InterpolationMode
    {
        /// <summary>The element at the scaled place, rounded down.</summary>
        Nearest = 0,

        /// <summary>Linear, of one axis.</summary>
        Linear = 1,

        /// <summary>Linear, of two axes.</summary>
        Bilinear = 2,

        /// <summary>Cubic, of two axes.</summary>
        Bicubic = 3,

        /// <summary>Linear, of three axes.</summary>
        Trilinear = 4,

        /// <summary>The mean of the area.</summary>
        Area = 5,

        /// <summary>The nearest element.</summary>
        NearestExact = 6,
    }
}
