using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moving a module between devices and types; each returns the module, under its own type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts floating-point parameters and buffers to a type.</summary>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false) where T : nn.Module => (T)module._to(type, non_blocking);

    /// <summary>Moves parameters and buffers to a device, floating-point ones as a type.</summary>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false) where T : nn.Module =>
        (T)module._to(device, type, non_blocking);

    /// <summary>Moves parameters and buffers to a device.</summary>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module =>
        (T)module._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves parameters and buffers to a device.</summary>
    public static T to<T>(this T module, Device device, bool non_blocking = false) where T : nn.Module =>
        (T)module._to(device.type, device.index, non_blocking);

    /// <summary>Moves parameters and buffers to a device given as text.</summary>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : nn.Module =>
        module.to(new Device(device), non_blocking);

    /// <summary>Moves parameters and buffers to main memory.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves parameters and buffers to a CUDA device.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module =>
        module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts floating-point parameters and buffers to 16 bits.</summary>
    public static T half<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float16, non_blocking);

    /// <summary>Converts floating-point parameters and buffers to 16-bit brain floating point.</summary>
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.BFloat16, non_blocking);

    /// <summary>Converts floating-point parameters and buffers to 32 bits.</summary>
    public static T @float<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float32, non_blocking);

    /// <summary>Converts floating-point parameters and buffers to 64 bits.</summary>
    public static T @double<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float64, non_blocking);
}
