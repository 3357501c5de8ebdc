namespace Granary.Specs;

/// <summary>The networks that a sweep file may name; the trainer builds each of them.</summary>
public static class ModelCatalog
{
    /// <summary>Every network, family by family.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("lenet-relu", "lenet", 1, 28, 10, 61_706, 28, FixedSize: true, "LeNet with ReLU and max-pooling, Kaiming initialisation"),
        new("lenet-bn", "lenet", 1, 28, 10, 44_878, 28, FixedSize: true, "LeNet with batch normalisation after every hidden layer, no padding"),
        new("resnet18-d2l", "resnet", 1, 96, 10, 11_178_378, 16, FixedSize: false, "ResNet-18 as in d2l: biases in its convolutions"),
        new("densenet-d2l", "densenet", 1, 96, 10, 758_226, 32, FixedSize: false, "DenseNet as in d2l: growth 32, four blocks of four 3x3 convolutions"),
    ];

    /// <summary>The network of that name, or null.</summary>
    /// <param name="name">A name; case matters.</param>
    public static ModelEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
