using TorchSharp;
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
    /// <summary>A network that owns the given stages.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="stages">In the order of the forward pass; built outside any dispose scope.</param>
    public Network(string name, IReadOnlyList<Stage> stages)
        : base(name)
    {
        Stages = stages;
        var folders = new Dictionary<string, Module>();
        foreach (Stage stage in stages)
        {
            int dot = stage.Name.LastIndexOf('.');
            Folder(folders, dot < 0 ? "" : stage.Name[..dot]).register_module(stage.Name[(dot + 1)..], stage.Module);
        }
    }

    /// <summary>In the order of the forward pass.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Learned numbers.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = input;
        foreach (Stage stage in Stages)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor next = stage.Module.call(x).MoveToOuterDisposeScope();
            // Autograd holds what backward needs; this handle would only keep the rest alive until the step ends.
            if (!ReferenceEquals(x, input) && !ReferenceEquals(x, next))
                x.Dispose();
            x = next;
        }

        return x;
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
