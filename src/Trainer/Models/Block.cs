using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// A stage made of named parts. Parts are held as functions, not as fields of a module type: TorchSharp would register such fields a
/// second time, under the field's name.
/// </summary>
/// <param name="name">The block's kind.</param>
internal abstract class Block(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>Registers a part and gives its forward pass, hooks included.</summary>
    /// <param name="name">The part's name in the state dict.</param>
    /// <param name="module">The part; the block owns it from here on.</param>
    protected Func<Tensor, Tensor> Part(string name, Module<Tensor, Tensor> module)
    {
        register_module(name, module);
        return module.call;
    }
}
