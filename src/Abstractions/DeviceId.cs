namespace Granary;

/// <summary>A device's id: its node's name, a slash and the device on that node, such as <c>node7/cuda:0</c>.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Local">The device's id on the node: <c>cuda:0</c>, <c>cpu:1</c>.</param>
[GenerateSerializer, Immutable, Alias("granary.DeviceId")]
public readonly record struct DeviceId([property: Id(0)] string Node, [property: Id(1)] string Local)
{
    /// <summary>Reads an id.</summary>
    /// <param name="text">The id's text.</param>
    /// <exception cref="FormatException">The text is not a device's id.</exception>
    public static DeviceId Parse(string text)
    {
        int slash = text.LastIndexOf('/');
        return slash > 0 && slash < text.Length - 1
            ? new DeviceId(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a device's id; one looks like node7/cuda:0.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{Local}";
}
