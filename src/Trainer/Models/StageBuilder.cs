using Granary.Trainer.Models.Summary;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// Lines up the stages of a network and keeps account of the shape between them, so that a layer's input width follows from what comes
/// before it, and a picture too small for the layout is refused with the stage that has no room.
/// </summary>
/// <param name="shape">What the network is built for.</param>
internal sealed class StageBuilder(ModelShape shape)
{
    private readonly List<Stage> _stages = [];
    private bool _flat;
    private bool _drops;
    private int? _head;

    /// <summary>Channels after the last stage; features once flattened.</summary>
    public int Channels { get; private set; } = shape.Channels;

    /// <summary>Height and width after the last stage; 1 once flattened.</summary>
    public int Size { get; private set; } = shape.Size;

    /// <summary>The stages so far.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Channels of a convolution at the wanted width, at least 1.</summary>
    /// <param name="channels">Channels of the reference layout.</param>
    public int Wide(int channels) => Math.Max(1, (int)(channels * shape.Width));

    /// <summary>The head begins with the next stage; without this it begins with the logits.</summary>
    public StageBuilder Head()
    {
        _head = _stages.Count;
        return this;
    }

    /// <summary>A square convolution.</summary>
    public StageBuilder Conv(
        string name, int channels, int kernel, int stride = 1, int padding = 0, bool bias = true, bool watched = false)
    {
        Add(name, new ConvolutionLayer(Channels, channels, kernel, stride: stride, padding: padding, bias: bias), watched);
        Channels = channels;
        return Shrink(name, kernel, stride, padding);
    }

    /// <summary>Batch normalisation of channels, or of features once flattened.</summary>
    public StageBuilder BatchNorm(string name) =>
        Add(name, _flat ? BatchNorm1d(Channels) : BatchNorm2d(Channels), watched: false);

    /// <summary>max(x, 0), in place: nothing before it needs its own output for backward.</summary>
    public StageBuilder Relu(string name) => Add(name, ReLU(inplace: true), watched: true);

    /// <summary>The logistic function.</summary>
    public StageBuilder Sigmoid(string name) => Add(name, nn.Sigmoid(), watched: true);

    /// <summary>Greatest value of each window; a window that begins inside counts when <paramref name="ceil"/>.</summary>
    public StageBuilder MaxPool(string name, int kernel, int stride, int padding = 0, bool ceil = false) =>
        Add(name, MaxPool2d(kernel, stride, padding, ceil_mode: ceil), watched: false).Shrink(name, kernel, stride, padding, ceil);

    /// <summary>Mean of each window.</summary>
    public StageBuilder AvgPool(string name, int kernel, int stride) =>
        Add(name, AvgPool2d(kernel, stride), watched: false).Shrink(name, kernel, stride, padding: 0);

    /// <summary>Mean of each channel.</summary>
    public StageBuilder GlobalAvgPool(string name) => AdaptiveAvgPool(name, 1);

    /// <summary>Means over a grid of that height and width, whatever the input's.</summary>
    public StageBuilder AdaptiveAvgPool(string name, int size)
    {
        Size = size;
        return Add(name, AdaptiveAvgPool2d(size), watched: false);
    }

    /// <summary>Zeroes outputs with probability <paramref name="p"/>, or the wanted one, while training.</summary>
    public StageBuilder Dropout(string name, double p)
    {
        _drops = true;
        return Add(name, nn.Dropout(shape.Dropout ?? p), watched: false);
    }

    /// <summary>(N, C, H, W) to (N, C*H*W).</summary>
    public StageBuilder Flatten(string name)
    {
        Channels *= Size * Size;
        Size = 1;
        _flat = true;
        return Add(name, nn.Flatten(), watched: false);
    }

    /// <summary>A hidden fully connected layer.</summary>
    public StageBuilder Linear(string name, int features) => Linear(name, features, watched: false);

    /// <summary>The last layer: its outputs are the logits.</summary>
    public StageBuilder Logits(string name)
    {
        if (!_drops && shape.Dropout is > 0 and { } p)
            Dropout("dropout", p);
        return Head().Linear(name, shape.Classes, watched: true);
    }

    /// <summary>A block.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="block">The block.</param>
    /// <param name="channels">Its output channels.</param>
    /// <param name="size">Its output height and width.</param>
    public StageBuilder Block(string name, Module<Tensor, Tensor> block, int channels, int size)
    {
        Channels = channels;
        Size = size;
        return Add(name, block, watched: true);
    }

    /// <summary>The network of these stages.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <exception cref="ArgumentException">Dropout is wanted, and the layout has neither one nor a last linear layer to put it before.</exception>
    public Network Build(string name) => _drops || shape.Dropout is null or 0
        ? new(name, _stages, _head)
        : throw new ArgumentException($"model.dropout is set, and {name} has neither a dropout nor a last linear layer to put one before.");

    private StageBuilder Linear(string name, int features, bool watched)
    {
        Add(name, new LinearLayer(Channels, features), watched);
        Channels = features;
        return this;
    }

    private StageBuilder Add(string name, Module<Tensor, Tensor> module, bool watched)
    {
        _stages.Add(new Stage(name, module, watched));
        return this;
    }

    private StageBuilder Shrink(string name, int kernel, int stride, int padding, bool ceil = false)
    {
        int size = (int)LayerFormulas.OutputSize(Size, new Window(kernel, stride, padding), ceil);
        if (size < 1)
        {
            throw new ArgumentException(
                $"Pictures of {shape.Size}x{shape.Size} are too small: {Size}x{Size} is left at stage {name}, whose window "
                + $"is {kernel}x{kernel} with padding {padding}. Use a greater data.resize.");
        }

        Size = size;
        return this;
    }
}
