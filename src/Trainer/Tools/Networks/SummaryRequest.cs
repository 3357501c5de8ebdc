using System.Globalization;
using Granary.Specs;
using Granary.Trainer.Models;
using Granary.Trainer.Models.Summary;

namespace Granary.Trainer.Tools.Networks;

/// <summary>The network that somebody wants to look at.</summary>
/// <param name="Model">Its entry in the catalogue.</param>
/// <param name="Input">Channels, and height and width in pixels, of a picture.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Width">What the channels of convolutions are multiplied by.</param>
/// <param name="Freeze">As <see cref="ModelSpec.Freeze"/>.</param>
/// <param name="Batch">Pictures of a batch.</param>
internal sealed record SummaryRequest(
    ModelEntry Model, (int Channels, int Size) Input, int Classes, double Width, string Freeze, int Batch)
{
    private const int MostChannels = 1_024;
    private const int MostPixels = 2_048;

    /// <summary>Reads an input such as <c>1x96x96</c>.</summary>
    /// <param name="model">The network that it is for.</param>
    /// <param name="text">The text; null: the network's reference input.</param>
    /// <exception cref="ToolException">It is none, or not one that the network takes.</exception>
    public static (int Channels, int Size) ReadInput(ModelEntry model, string? text)
    {
        if (text is null)
            return (model.Channels, model.Size);
        string[] parts = text.Split('x');
        int[] sizes = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        if (sizes is not [>= 1 and <= MostChannels, >= 1 and <= MostPixels, >= 1 and <= MostPixels])
        {
            throw new ToolException(
                $"--input is '{text}'; expected CHANNELSxHEIGHTxWIDTH such as {model.Channels}x{model.Size}x{model.Size}. {Accepts(model)}");
        }

        if (sizes[1] != sizes[2])
            throw new ToolException($"--input is {text}; pictures are square here. {Accepts(model)}");
        return (model.FixedSize ? sizes[1] == model.Size : sizes[1] >= model.MinSize)
            ? (sizes[0], sizes[1])
            : throw new ToolException($"--input is {text}. {Accepts(model)}");
    }

    /// <summary>Builds the network and looks at its layers.</summary>
    /// <exception cref="ArgumentException"><see cref="Freeze"/> names no stage of it.</exception>
    public NetworkSummary Summarise()
    {
        using Network network = ModelFactory.Create(Model.Name, new(Input.Channels, Classes, Input.Size) { Width = Width }).Freeze(Freeze);
        return NetworkSummary.Of(network, Input.Channels, Input.Size, Batch);
    }

    private static string Accepts(ModelEntry model)
    {
        string size = model.FixedSize ? $"exactly {model.Size}x{model.Size}" : $"at least {model.MinSize}x{model.MinSize}";
        return $"{model.Name} takes pictures of {size} pixels, of any number of channels.";
    }
}
