using Granary.Trainer.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Makes a network's batch normalisations take their statistics over the batch of all ranks. The layers stay what and where they are, with
/// their names, parameters and buffers; hooks compute their training output in their place.
/// </summary>
internal sealed class SyncBatchNorm : IDisposable
{
    private readonly NormExchange _exchange;
    private readonly List<Action> _unhook = [];
    private Tensor? _input;

    /// <summary>Takes the normalisations over.</summary>
    /// <param name="network">The network; what else hooks its normalisations' output hooks them after this.</param>
    /// <param name="exchange">Their exchange.</param>
    public SyncBatchNorm(Network network, NormExchange exchange)
    {
        _exchange = exchange;
        foreach (var norm in network.modules().OfType<NormBase>().Where(norm => norm.affine && norm.track_running_stats))
        {
            var before = norm.register_forward_pre_hook((_, input) => Keep(norm, input));
            var after = norm.register_forward_hook((_, _, output) => Replace(norm, output));
            _unhook.Add(before.remove);
            _unhook.Add(after.remove);
        }
    }

    /// <summary>Whether the network has any.</summary>
    public bool Any => _unhook.Count > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var unhook in _unhook) unhook();
        _unhook.Clear();
    }

    // What the layer itself computes is thrown away: one example, in eval mode, costs next to nothing and touches no statistics.
    private Tensor Keep(NormBase norm, Tensor input)
    {
        if (!_exchange.IsOpen || !norm.training) return input;
        _input = input;
        norm.eval();
        using var untracked = no_grad();
        return input.narrow(0, 0, 1);
    }

    private Tensor Replace(NormBase norm, Tensor output)
    {
        if (_input is not { } input) return output;
        _input = null;
        norm.train();
        return NormOverRanks.apply(input, norm.weight, norm.bias!, norm, _exchange);
    }
}
