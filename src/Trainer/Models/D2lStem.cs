namespace Granary.Trainer.Models;

/// <summary>What d2l's ResNet and DenseNet begin with.</summary>
internal static class D2lStem
{
    /// <summary>
    /// A 7x7 convolution of stride 2 to 64 channels, BN, ReLU, and a 3x3 max-pooling of stride 2: a quarter of height and width.
    /// </summary>
    /// <param name="stages">The network so far.</param>
    public static void AddTo(StageBuilder stages) => stages
        .Conv("conv1", stages.Wide(64), kernel: 7, stride: 2, padding: 3)
        .BatchNorm("bn1")
        .Relu("relu1")
        .MaxPool("maxpool", 3, stride: 2, padding: 1);
}
