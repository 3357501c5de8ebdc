using Granary.Specs;

namespace Granary.Trainer.Models;

/// <summary>Reads what <c>model.freeze</c> says about a network.</summary>
internal static class Freezing
{
    private const string Nothing = "none";
    private const string AllButTheHead = "body";

    /// <summary>
    /// Freezes the front of a network: <c>none</c>; <c>body</c>, all but the head; or a stage with all before it, by its name
    /// (<c>layer2.0</c>) or by the start of several names (<c>layer2</c>, <c>features</c>: up to the last of them).
    /// </summary>
    /// <param name="network">The network, changed in place.</param>
    /// <param name="freeze">What to freeze.</param>
    /// <exception cref="ArgumentException">There is no such stage, or nothing would be left to train: the message names the nearest.</exception>
    public static Network Freeze(this Network network, string freeze)
    {
        int stages = freeze switch
        {
            Nothing => 0,
            AllButTheHead => network.Body,
            _ => Through(network, freeze),
        };
        network.Freeze(stages);
        return network.parameters().Any(parameter => parameter.requires_grad)
            ? network
            : throw new ArgumentException($"model.freeze is '{freeze}', which leaves nothing of {network.GetName()} to train.", nameof(freeze));
    }

    private static int Through(Network network, string name)
    {
        for (int i = network.Stages.Count; i > 0; i--)
        {
            string stage = network.Stages[i - 1].Name;
            if (stage == name || stage.StartsWith(name + ".", StringComparison.Ordinal))
                return i;
        }

        List<string> names = Names(network);
        string hint = NearestName.Find(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ";";
        string parts = string.Join(", ", names.Where(known => !known.Contains('.', StringComparison.Ordinal)));
        throw new ArgumentException(
            $"model.freeze is '{name}', which is no stage of {network.GetName()}{hint} expected none, body, or one of {parts}, or a stage below one.",
            nameof(name));
    }

    // layer1.0 and layer1.1 are both below layer1; each name once, in the network's order.
    private static List<string> Names(Network network)
    {
        List<string> names = [];
        foreach (string stage in network.Stages.Select(stage => stage.Name))
        {
            for (int dot = stage.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = stage.IndexOf('.', dot + 1))
            {
                if (!names.Contains(stage[..dot]))
                    names.Add(stage[..dot]);
            }

            names.Add(stage);
        }

        return names;
    }
}
