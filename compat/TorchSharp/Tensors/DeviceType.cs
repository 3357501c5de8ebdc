namespace TorchSharp;

/// <summary>The kinds of devices, numbered as in libtorch.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>An AMD GPU.</summary>
    HIP = 6,

    /// <summary>An Apple GPU.</summary>
    MPS = 13,

    /// <summary>No memory: shapes only.</summary>
    META = 14,
}
