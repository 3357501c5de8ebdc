namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>
/// A Python dictionary of any kind. Its items are a list: keys come from strangers, and hashing them would let a file choose its
/// collisions.
/// </summary>
internal sealed class PickleDictionary
{
    /// <summary>Key and value in the order in which they were set; of equal keys the last counts.</summary>
    public List<(object? Key, object? Value)> Items { get; } = [];

    /// <summary>The items whose keys are text.</summary>
    public Dictionary<string, object?> ByName()
    {
        var named = new Dictionary<string, object?>();
        foreach ((object? key, object? value) in Items)
        {
            if (key is string name)
                named[name] = value;
        }

        return named;
    }
}
