namespace Granary.Specs;

/// <summary>The networks that a sweep file may name; the trainer builds each of them.</summary>
public static class ModelCatalog
{
    /// <summary>Every network, family by family.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("lenet", "lenet", 1, 28, 10, 61_706, 28, FixedSize: true,
            "LeNet as in d2l: sigmoid and average pooling, Xavier initialisation"),
        new("lenet-relu", "lenet", 1, 28, 10, 61_706, 28, FixedSize: true, "LeNet with ReLU and max-pooling, Kaiming initialisation"),
        new("lenet-bn", "lenet", 1, 28, 10, 44_878, 28, FixedSize: true,
            "LeNet with batch normalisation after every hidden layer, no padding"),
        new("lenet5", "lenet", 1, 28, 10, 44_426, 28, FixedSize: true, "LeNet-5 without padding, ReLU and max-pooling"),
        new("alexnet-d2l", "alexnet", 1, 224, 10, 46_764_746, 65, FixedSize: false,
            "AlexNet as in d2l: wide convolutions, first one padded by 1"),
        new("alexnet", "alexnet", 3, 224, 1_000, 61_100_840, 63, FixedSize: false, "AlexNet in torchvision's layout"),
        new("vgg11", "vgg", 3, 224, 1_000, 132_863_336, 32, FixedSize: false, "VGG-11 in torchvision's layout"),
        new("vgg11_bn", "vgg", 3, 224, 1_000, 132_868_840, 32, FixedSize: false,
            "VGG-11 in torchvision's layout, with batch normalisation"),
        new("vgg13", "vgg", 3, 224, 1_000, 133_047_848, 32, FixedSize: false, "VGG-13 in torchvision's layout"),
        new("vgg13_bn", "vgg", 3, 224, 1_000, 133_053_736, 32, FixedSize: false,
            "VGG-13 in torchvision's layout, with batch normalisation"),
        new("vgg16", "vgg", 3, 224, 1_000, 138_357_544, 32, FixedSize: false, "VGG-16 in torchvision's layout"),
        new("vgg16_bn", "vgg", 3, 224, 1_000, 138_365_992, 32, FixedSize: false,
            "VGG-16 in torchvision's layout, with batch normalisation"),
        new("vgg19", "vgg", 3, 224, 1_000, 143_667_240, 32, FixedSize: false, "VGG-19 in torchvision's layout"),
        new("vgg19_bn", "vgg", 3, 224, 1_000, 143_678_248, 32, FixedSize: false,
            "VGG-19 in torchvision's layout, with batch normalisation"),
        new("nin", "nin", 1, 224, 10, 1_992_166, 67, FixedSize: false, "Network in Network as in d2l: no linear layer"),
        new("googlenet-d2l", "googlenet", 1, 96, 10, 5_977_530, 32, FixedSize: false,
            "GoogLeNet as in d2l: Inception blocks without batch normalisation"),
        new("googlenet", "googlenet", 3, 224, 1_000, 6_624_904, 32, FixedSize: false,
            "GoogLeNet in torchvision's layout, without auxiliary heads"),
        new("resnet18-d2l", "resnet", 1, 96, 10, 11_178_378, 16, FixedSize: false, "ResNet-18 as in d2l: biases in its convolutions"),
        new("resnet18", "resnet", 3, 224, 1_000, 11_689_512, 32, FixedSize: false, "ResNet-18 in torchvision's layout"),
        new("resnet34", "resnet", 3, 224, 1_000, 21_797_672, 32, FixedSize: false, "ResNet-34 in torchvision's layout"),
        new("resnet50", "resnet", 3, 224, 1_000, 25_557_032, 32, FixedSize: false, "ResNet-50 in torchvision's layout"),
        new("resnet101", "resnet", 3, 224, 1_000, 44_549_160, 32, FixedSize: false, "ResNet-101 in torchvision's layout"),
        new("resnet152", "resnet", 3, 224, 1_000, 60_192_808, 32, FixedSize: false, "ResNet-152 in torchvision's layout"),
        new("resnext50_32x4d", "resnet", 3, 224, 1_000, 25_028_904, 32, FixedSize: false,
            "ResNeXt-50 (32 groups of 4) in torchvision's layout"),
        new("preresnet18", "preresnet", 3, 224, 1_000, 11_687_720, 32, FixedSize: false, "ResNet-18 with pre-activation (v2)"),
        new("preresnet34", "preresnet", 3, 224, 1_000, 21_795_880, 32, FixedSize: false, "ResNet-34 with pre-activation (v2)"),
        new("preresnet50", "preresnet", 3, 224, 1_000, 25_549_352, 32, FixedSize: false, "ResNet-50 with pre-activation (v2)"),
        new("preresnet101", "preresnet", 3, 224, 1_000, 44_541_480, 32, FixedSize: false, "ResNet-101 with pre-activation (v2)"),
        new("preresnet152", "preresnet", 3, 224, 1_000, 60_185_128, 32, FixedSize: false, "ResNet-152 with pre-activation (v2)"),
        new("xresnet18", "xresnet", 3, 128, 10, 11_200_874, 32, FixedSize: false,
            "ResNet-18 as in fastai: three-convolution stem, pooled shortcuts"),
        new("xresnet34", "xresnet", 3, 128, 10, 21_309_034, 32, FixedSize: false,
            "ResNet-34 as in fastai: three-convolution stem, pooled shortcuts"),
        new("xresnet50", "xresnet", 3, 128, 10, 23_547_754, 32, FixedSize: false,
            "ResNet-50 as in fastai: three-convolution stem, pooled shortcuts"),
        new("densenet-d2l", "densenet", 1, 96, 10, 758_226, 32, FixedSize: false,
            "DenseNet as in d2l: growth 32, four blocks of four 3x3 convolutions"),
        new("densenet121", "densenet", 3, 224, 1_000, 7_978_856, 32, FixedSize: false, "DenseNet-121 in torchvision's layout"),
        new("densenet169", "densenet", 3, 224, 1_000, 14_149_480, 32, FixedSize: false, "DenseNet-169 in torchvision's layout"),
        new("densenet201", "densenet", 3, 224, 1_000, 20_013_928, 32, FixedSize: false, "DenseNet-201 in torchvision's layout"),
        new("mobilenet_v2", "mobilenet", 3, 224, 1_000, 3_504_872, 32, FixedSize: false, "MobileNetV2 in torchvision's layout"),
        new("simple-cnn", "simple-cnn", 3, 32, 10, 1_194_282, 8, FixedSize: false,
            "Five convolutions with batch normalisation and dropout, for CIFAR-10"),
        new("simple-cnn-2", "simple-cnn", 3, 32, 10, 2_122_186, 4, FixedSize: false, "Two convolutions, one hidden layer of 512"),
        new("simple-cnn-fastai", "simple-cnn", 1, 28, 2, 6_722, 28, FixedSize: true, "Five convolutions of stride 2 and nothing else"),
        new("fully-conv", "simple-cnn", 3, 128, 10, 395_674, 8, FixedSize: false,
            "Five convolutions of stride 2 with batch normalisation, any picture size"),
    ];

    /// <summary>The network of that name, or null.</summary>
    /// <param name="name">A name; case matters.</param>
    public static ModelEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
