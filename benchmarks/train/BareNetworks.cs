using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Benchmarks.Train;

/// <summary>The cases' networks as a user of TorchSharp would write them: the library's own layers and nothing else.</summary>
internal static class BareNetworks
{
    public static Module<Tensor, Tensor> Create(string name) => name switch
    {
        "lenet" => LeNet(),
        "resnet18-cifar" => ResNet18(("conv1", Conv2d(3, 64, 3, padding: 1, bias: false)), ("bn1", BatchNorm2d(64)), ("relu", ReLU(inplace: true))),
        "resnet18-96" => ResNet18(
            ("conv1", Conv2d(1, 64, 7, stride: 2, padding: 3, bias: false)), ("bn1", BatchNorm2d(64)), ("relu", ReLU(inplace: true)),
            ("maxpool", MaxPool2d(3, stride: 2, padding: 1))),
        "densenet121-32" => DenseNet121(),
        _ => throw new ArgumentException($"There is no bare network for the case '{name}'.", nameof(name)),
    };

    private static Module<Tensor, Tensor> LeNet() => Sequential(
        Conv2d(1, 6, 5, padding: 2), ReLU(inplace: true), MaxPool2d(2),
        Conv2d(6, 16, 5), ReLU(inplace: true), MaxPool2d(2),
        Flatten(), Linear(400, 120), ReLU(inplace: true), Linear(120, 84), ReLU(inplace: true), Linear(84, 10));

    private static Module<Tensor, Tensor> ResNet18(params (string Name, Module<Tensor, Tensor> Module)[] stem)
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>(stem);
        int channels = 64;
        foreach (int outputs in (int[])[64, 64, 128, 128, 256, 256, 512, 512])
        {
            layers.Add(($"block{layers.Count}", new BasicBlock(channels, outputs)));
            channels = outputs;
        }

        layers.AddRange([("avgpool", AdaptiveAvgPool2d(1)), ("flatten", Flatten()), ("fc", Linear(512, 10))]);
        return Sequential(layers);
    }

    private static Module<Tensor, Tensor> DenseNet121()
    {
        List<(string, Module<Tensor, Tensor>)> layers =
        [
            ("conv0", Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false)), ("norm0", BatchNorm2d(64)), ("relu0", ReLU(inplace: true)),
            ("pool0", MaxPool2d(3, stride: 2, padding: 1)),
        ];
        int channels = 64;
        int[] blocks = [6, 12, 24, 16];
        for (int b = 0; b < blocks.Length; b++)
        {
            for (int i = 0; i < blocks[b]; i++, channels += DenseLayer.Growth)
                layers.Add(($"dense{b}-{i}", new DenseLayer(channels)));
            if (b == blocks.Length - 1)
                break;
            layers.AddRange(
            [
                ($"norm{b + 1}", BatchNorm2d(channels)), ($"relu{b + 1}", ReLU(inplace: true)),
                ($"conv{b + 1}", Conv2d(channels, channels / 2, 1, bias: false)), ($"pool{b + 1}", AvgPool2d(2)),
            ]);
            channels /= 2;
        }

        layers.AddRange(
        [
            ("norm5", BatchNorm2d(channels)), ("relu5", ReLU(inplace: true)), ("avgpool", AdaptiveAvgPool2d(1)), ("flatten", Flatten()),
            ("classifier", Linear(channels, 10)),
        ]);
        return Sequential(layers);
    }

    private sealed class BasicBlock : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _way;
        private readonly Module<Tensor, Tensor>? _shortcut;

        public BasicBlock(int channels, int outputs)
            : base(nameof(BasicBlock))
        {
            int stride = channels == outputs ? 1 : 2;
            _way = Sequential(
                Conv2d(channels, outputs, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(inplace: true),
                Conv2d(outputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs));
            _shortcut = stride == 1
                ? null
                : Sequential(Conv2d(channels, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            return _way.call(input).add_(_shortcut is null ? input : _shortcut.call(input)).relu_().MoveToOuterDisposeScope();
        }
    }

    private sealed class DenseLayer : Module<Tensor, Tensor>
    {
        public const int Growth = 32;

        private readonly Module<Tensor, Tensor> _way;

        public DenseLayer(int channels)
            : base(nameof(DenseLayer))
        {
            _way = Sequential(
                BatchNorm2d(channels), ReLU(inplace: true), Conv2d(channels, 4 * Growth, 1, bias: false),
                BatchNorm2d(4 * Growth), ReLU(inplace: true), Conv2d(4 * Growth, Growth, 3, padding: 1, bias: false));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            return cat([input, _way.call(input)], 1).MoveToOuterDisposeScope();
        }
    }
}
