namespace TorchSharp;

/// <summary>How much padding a convolution gets.</summary>
public enum Padding
{
    /// <summary>None.</summary>
    Valid = 0,

    /// <summary>As much as keeps the size; the stride must be 1.</summary>
    Same = 1,
}
