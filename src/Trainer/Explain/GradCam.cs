using Granary.Trainer.Models;
using Granary.Trainer.Pictures;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Explain;

/// <summary>
/// Grad-CAM (Selvaraju et al., "Grad-CAM: Visual explanations from deep networks via gradient-based localization", ICCV 2017): where a
/// layer's maps speak for a class. Each map is weighed by the mean of the class logit's gradient over it; the weighted sum's positive part
/// is the heat map (equations 1 and 2).
/// </summary>
/// <param name="Layer">The layer that was looked at.</param>
/// <param name="Class">The class that was asked for, from 0.</param>
/// <param name="Heat">At the layer's resolution, 0 and above, not scaled; all 0 when nothing there speaks for the class.</param>
internal sealed record GradCam(string Layer, int Class, FloatMap Heat)
{
    /// <summary>Computes the heat map of one picture.</summary>
    /// <param name="network">The network, in eval mode.</param>
    /// <param name="input">One picture, (1, C, H, W).</param>
    /// <param name="layer">A layer with height and width; null: the last convolutional stage.</param>
    /// <param name="label">The class, from 0; null: the predicted one.</param>
    /// <exception cref="ExplainException">There is no such layer or class, or the layer has no height and width.</exception>
    public static GradCam Of(Network network, Tensor input, string? layer = null, int? label = null)
    {
        layer ??= LastConvolutional(network, input);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = enable_grad();
        (Tensor logits, Tensor maps) = Forward(network, input, LayerOutputs.Find(network, layer));
        if (maps.shape.Length != 4)
        {
            throw new ExplainException(
                $"layer '{layer}' gives {maps.shape.Length - 1} dimensions for a picture; Grad-CAM needs channels, height and width.");
        }

        int outputs = (int)logits.shape[1];
        int chosen = label ?? (int)logits.argmax(1).item<long>();
        if (chosen < 0 || chosen >= outputs)
            throw new ExplainException($"there is no class {chosen}; {network.GetName()} has {outputs}, from 0.");
        Tensor gradient = autograd.grad([logits.select(1, chosen).sum()], [maps])[0];
        Tensor weights = gradient.mean([2, 3], keepdim: true);
        Tensor heat = maps.detach().mul(weights).sum(1).relu().select(0, 0).to(ScalarType.Float32).cpu().contiguous();
        return new GradCam(layer, chosen, new FloatMap((int)heat.shape[1], (int)heat.shape[0], heat.data<float>().ToArray()));
    }

    /// <summary>The last stage whose maps have more than one pixel, a watched one (an activation or a block) where there is one.</summary>
    /// <exception cref="ExplainException">The network has none.</exception>
    private static string LastConvolutional(Network network, Tensor input)
    {
        SpatialStage[] stages = [.. LayerOutputs.SpatialStages(network, input).Where(stage => stage.Height * stage.Width > 1)];
        SpatialStage? last = stages.LastOrDefault(stage => stage.Stage.Watched) ?? stages.LastOrDefault();
        return last?.Stage.Name
            ?? throw new ExplainException($"{network.GetName()} has no stage with height and width for pictures of this size.");
    }

    // Only what comes after the layer is recorded for backward. The layer's output is a leaf there; the rest gets a copy of it, because
    // what works in place on a leaf is refused.
    private static (Tensor Logits, Tensor Maps) Forward(Network network, Tensor input, Module<Tensor, Tensor> layer)
    {
        DisposeScope? scope = CurrentDisposeScope;
        Tensor? maps = null;
        var hook = layer.register_forward_hook((_, _, output) =>
        {
            // The layer's own scope ends before backward.
            maps = output.detach().clone().requires_grad_().MoveToOtherDisposeScope(scope);
            return maps.clone();
        });
        try
        {
            return (network.call(input), maps!);
        }
        finally
        {
            hook.remove();
        }
    }
}
