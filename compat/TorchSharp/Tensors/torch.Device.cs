using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where elements live: a kind of device and its index.</summary>
    public class Device
    {
        /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The text is not a device.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            string[] parts = description.Split(':');
            type = Kind(parts[0]);
            index = parts.Length == 1 ? DefaultIndex(type) : Index(parts, description);
        }

        /// <summary>A device of a kind given as text.</summary>
        public Device(string deviceType, int index = -1)
        {
            type = Kind(deviceType);
            this.index = index;
        }

        /// <summary>A device of a kind.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A CUDA device.</summary>
        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; private set; }

        /// <summary>The index among its kind; -1 is the current one.</summary>
        public int index { get; private set; }

        /// <summary>The device as text, such as <c>cuda:0</c>.</summary>
        public override string ToString()
        {
            string kind = type.ToString().ToLowerInvariant();
            return index < 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}:{index}");
        }

        /// <summary>Reads a device from text.</summary>
        public static implicit operator Device(string description) => new(description);

        private static int DefaultIndex(DeviceType type) => type is DeviceType.CPU or DeviceType.META ? -1 : 0;

        private static DeviceType Kind(string text) =>
            text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out DeviceType kind)
                ? kind
                : throw new ArgumentException($"Unknown device '{text}'; expected cpu, cuda, hip, mps or meta, with an index such as cuda:0.");

        private static int Index(string[] parts, string description) =>
            parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? index
                : throw new ArgumentException($"Unknown device '{description}'; expected an index as in cuda:0.");
    }

    /// <summary>Main memory.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>No memory: shapes only.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    /// <summary>Reads a device from text.</summary>
    /// <exception cref="InvalidOperationException">It is a CUDA device and there is none.</exception>
    public static Device device(string description) => InitializeDevice(new Device(description));

    /// <summary>A device of a kind given as text.</summary>
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>A device of a kind.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>A CUDA device.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);

    /// <summary>Checks that a device can be used.</summary>
    /// <exception cref="InvalidOperationException">It is a CUDA device and there is none.</exception>
    public static Device InitializeDevice(Device? device)
    {
        Device wanted = device ?? get_default_device();
        InitializeDeviceType(wanted.type);
        return wanted;
    }

    /// <summary>Checks that a kind of device can be used.</summary>
    /// <exception cref="InvalidOperationException">It is CUDA and there is no CUDA device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    /// <summary>Whether a kind of device can be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.is_available();
}
