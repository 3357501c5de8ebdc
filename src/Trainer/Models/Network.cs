using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// A classifier as a flat, ordered list of stages: (N, C, H, W) float32 in, logits (N, classes) out. Whoever watches activations or
/// waits for a part's gradients hooks the stages. Its state dict has the stages' dotted names, so weights travel to and from
/// torchvision where the names are torchvision's.
/// </summary>
internal sealed class Network : Module<Tensor, Tensor>
{
    private ComputeFormat _format = ComputeFormat.Plain;

    /// <summary>A network that owns the given stages.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="stages">In the order of the forward pass; built outside any dispose scope.</param>
    /// <param name="head">The stage that the head begins with, from 0; null: the last one.</param>
    public Network(string name, IReadOnlyList<Stage> stages, int? head = null)
        : base(name)
    {
        Stages = stages;
        Body = head ?? stages.Count - 1;
        var folders = new Dictionary<string, Module>();
        foreach (Stage stage in stages)
        {
            int dot = stage.Name.LastIndexOf('.');
            Folder(folders, dot < 0 ? "" : stage.Name[..dot]).register_module(stage.Name[(dot + 1)..], stage.Module);
        }
    }

    /// <summary>In the order of the forward pass.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>
    /// Stages of the body. Those from here on are the head: their shapes follow from the number of outputs, so weights for another number
    /// do not fit them.
    /// </summary>
    public int Body { get; }

    /// <summary>Stages at the front that are not trained.</summary>
    public int Frozen { get; private set; }

    /// <summary>Learned numbers, frozen ones too.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>
    /// Freezes the first stages: their parameters get no gradient, and their batch normalisations keep to the running statistics, in training
    /// too, and leave those as they are. Dropout goes on: it is no weight, and what is trained behind it may want it.
    /// </summary>
    /// <param name="stages">How many, 0 to all.</param>
    public void Freeze(int stages)
    {
        Frozen = stages;
        for (int i = 0; i < Stages.Count; i++)
        {
            foreach (Parameter parameter in Stages[i].Module.parameters())
                parameter.requires_grad = i >= stages;
        }

        train(training);
    }

    /// <summary>Has every convolution and linear layer compute in a format; pictures and logits are float32 in any.</summary>
    /// <param name="format">The format.</param>
    public Network Use(ComputeFormat format)
    {
        _format = format;
        foreach (FormattedLayer layer in modules().OfType<FormattedLayer>())
            layer.Format = format;
        return this;
    }

    /// <inheritdoc/>
    public override void train(bool train = true)
    {
        base.train(train);
        foreach (Stage stage in Stages.Take(Frozen))
        {
            foreach (NormBase norm in stage.Module.modules().Prepend(stage.Module).OfType<NormBase>())
                norm.eval();
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // Once: convolutions, pooling and normalisation keep the order that they are given.
        Tensor x = _format.Arrange(input);
        foreach (Stage stage in Stages)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor next = stage.Module.call(x).MoveToOuterDisposeScope();
            // Autograd holds what backward needs; this handle would only keep the rest alive until the step ends.
            if (!ReferenceEquals(x, input) && !ReferenceEquals(x, next))
                x.Dispose();
            x = next;
        }

        return x.dtype == ScalarType.Float32 ? x : x.to(ScalarType.Float32, disposeAfter: true);
    }

    // "layer2.0" is a module "0" in a module "layer2", which exists for its name only.
    private Module Folder(Dictionary<string, Module> folders, string path)
    {
        if (path.Length == 0)
            return this;
        if (folders.TryGetValue(path, out Module? known))
            return known;
        int dot = path.LastIndexOf('.');
        var folder = new NameFolder(path);
        Folder(folders, dot < 0 ? "" : path[..dot]).register_module(path[(dot + 1)..], folder);
        folders.Add(path, folder);
        return folder;
    }

    private sealed class NameFolder(string name) : Module(name);
}
