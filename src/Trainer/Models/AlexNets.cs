namespace Granary.Trainer.Models;

/// <summary>
/// AlexNet (Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS 2012): as d2l's
/// text builds it, drawn after Glorot as that text does, and in torchvision's narrower layout after "One weird trick" (arXiv:1404.5997).
/// </summary>
internal static class AlexNets
{
    // A convolution of each row, then ReLU, then a 3x3 max-pooling of stride 2 where told.
    private static readonly (int Channels, int Kernel, int Stride, int Padding, bool Pool)[] D2l =
    [
        (96, 11, 4, 1, true),
        (256, 5, 1, 2, true),
        (384, 3, 1, 1, false),
        (384, 3, 1, 1, false),
        (256, 3, 1, 1, true),
    ];

    private static readonly (int Channels, int Kernel, int Stride, int Padding, bool Pool)[] Torchvision =
    [
        (64, 11, 4, 2, true),
        (192, 5, 1, 2, true),
        (384, 3, 1, 1, false),
        (256, 3, 1, 1, false),
        (256, 3, 1, 1, true),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        new("alexnet-d2l", BuildD2l),
        new("alexnet", BuildTorchvision),
    ];

    private static Network BuildD2l(ModelShape shape)
    {
        // Sizes for 224x224: 96x54x54, 96x26x26; 256x26x26, 256x12x12; 384x12x12; 384x12x12; 256x12x12, 256x5x5
        return Features(new StageBuilder(shape), D2l)
            // 6400, 4096, 4096, classes
            .Flatten("flatten")
            .Linear("classifier.0", 4096).Relu("classifier.1").Dropout("classifier.2", 0.5)
            .Linear("classifier.3", 4096).Relu("classifier.4").Dropout("classifier.5", 0.5)
            .Logits("classifier.6").Build("alexnet-d2l").XavierUniform();
    }

    private static Network BuildTorchvision(ModelShape shape)
    {
        // Sizes for 224x224: 64x55x55, 64x27x27; 192x27x27, 192x13x13; 384x13x13; 256x13x13; 256x13x13, 256x6x6
        return Features(new StageBuilder(shape), Torchvision)
            // 256x6x6, 9216, 4096, 4096, classes
            .AdaptiveAvgPool("avgpool", 6).Flatten("flatten")
            .Dropout("classifier.0", 0.5).Linear("classifier.1", 4096).Relu("classifier.2")
            .Dropout("classifier.3", 0.5).Linear("classifier.4", 4096).Relu("classifier.5")
            .Logits("classifier.6").Build("alexnet");
    }

    private static StageBuilder Features(
        StageBuilder stages, (int Channels, int Kernel, int Stride, int Padding, bool Pool)[] rows)
    {
        int index = 0;
        foreach ((int channels, int kernel, int stride, int padding, bool pool) in rows)
        {
            stages.Conv($"features.{index++}", stages.Wide(channels), kernel, stride, padding).Relu($"features.{index++}");
            if (pool)
                stages.MaxPool($"features.{index++}", 3, stride: 2);
        }

        return stages;
    }
}
