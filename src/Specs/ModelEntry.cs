namespace Granary.Specs;

/// <summary>A network as the sweep file may name it.</summary>
/// <param name="Name">The name; torchvision's where torchvision has the layout.</param>
/// <param name="Family">The family it belongs to, such as <c>resnet</c>.</param>
/// <param name="Channels">Input channels of the reference layout.</param>
/// <param name="Size">Input height and width of the reference layout, in pixels.</param>
/// <param name="Classes">Outputs of the reference layout.</param>
/// <param name="Parameters">Learned numbers of the reference layout.</param>
/// <param name="MinSize">The least input height and width that the layout accepts, in pixels.</param>
/// <param name="FixedSize">true: only <paramref name="Size"/> is accepted, because a linear layer follows a flattening of that size.</param>
/// <param name="Summary">One line that tells it from its neighbours.</param>
public sealed record ModelEntry(
    string Name, string Family, int Channels, int Size, int Classes, long Parameters, int MinSize, bool FixedSize, string Summary);
